import { type Command, InvalidArgumentError, Option } from 'commander'
import { createLog } from '../../runtime/log.ts'
import { openSecrets } from '../../runtime/open-secrets.ts'
import { type CommandContext, type JsonOption, type OnCommand, openTables } from '../command.ts'
import { emailOption, organizationOption } from '../owner-options.ts'

interface SeedOptions extends JsonOption {
  readonly organization: string
  readonly email: string
  readonly tickets: number
}

export function addSeed(program: Command, onCommand: OnCommand): void {
  program
    .command('seed')
    .description('create an integration of each platform, and tickets, to try things out')
    .addOption(organizationOption('whose rows they are'))
    .addOption(emailOption('the user who creates them'))
    .addOption(new Option('--tickets <number>', 'how many tickets').default(20).argParser(parseCount))
    .option('--json', 'print JSON')
    .action((options: SeedOptions) =>
      onCommand({ json: options.json ?? false, usesKeys: true, run: (context) => run(context, options) }),
    )
}

async function run(context: CommandContext, options: SeedOptions): Promise<0> {
  const { settings, io, print } = context
  const db = await openTables(context)
  const secrets = await openSecrets(db, settings)
  const log = createLog(settings, io.stderr)
  // Imported here, so that `start` can open its database before the API is loaded.
  const [{ createServerApp }, { seed }] = await Promise.all([
    import('../../runtime/create-app.ts'),
    import('../../runtime/seed.ts'),
  ])
  // Without a rate limit, because the limit is meant for consumers.
  const app = createServerApp(await context.open(), secrets, { ...settings, RATE_LIMIT: undefined }, log)

  const { organization, email, tickets } = options
  const created = await seed(db, app, { organization, email, tickets }, (done) => {
    if (done % PROGRESS === 0) io.stderr.write(`${done} of ${tickets} tickets\n`)
  })
  print(created, `Created ${created.integrations} integrations and ${created.tickets} tickets.\n`)
  return 0
}

const PROGRESS = 100

function parseCount(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number from 0 to 999999.')
}
