import { type Command, InvalidArgumentError, Option } from 'commander'
import { canRetire } from '../../operations/can-retire.ts'
import {
  DEFAULT_DAYS,
  type DeprecationReport,
  parseDays,
  readDeprecationReport,
} from '../../operations/deprecation-report.ts'
import { RETIRED_NAMES } from '../../operations/retired-names.ts'
import { type CommandContext, type ExitCode, type JsonOption, type OnCommand, openTables } from '../command.ts'
import { formatMarkdownReport, formatReport, formatRetirement } from '../format-report.ts'

interface DaysOption {
  readonly days: number
}

export function addDeprecations(program: Command, onCommand: OnCommand): void {
  program
    .command('report')
    .description('print what each consumer still uses of deprecated names')
    .addOption(daysOption())
    .option('--markdown', 'print Markdown')
    .option('--json', 'print JSON')
    .action(({ json = false, days, markdown = false }: DaysOption & JsonOption & { readonly markdown?: boolean }) =>
      onCommand({ json, usesKeys: false, run: (context) => report(context, days, markdown) }),
    )
  program
    .command('can-retire')
    .description('decide whether a deprecated name can be retired: exit code 0 yes, 1 no, 2 unknown')
    .addOption(new Option('--field <name>', 'the deprecated name').choices(RETIRED_NAMES).makeOptionMandatory())
    .addOption(daysOption())
    .option('--json', 'print JSON')
    .action(({ json = false, days, field }: DaysOption & JsonOption & { readonly field: string }) =>
      onCommand({ json, usesKeys: false, run: (context) => retire(context, field, days) }),
    )
}

const daysOption = () =>
  new Option('--days <number>', 'how many of the last days count').default(DEFAULT_DAYS).argParser((text) => {
    const days = parseDays(text)
    if (days === undefined) throw new InvalidArgumentError('It must be a whole number from 1 to 3650.')
    return days
  })

async function report(context: CommandContext, days: number, markdown: boolean): Promise<0> {
  const read = await readReport(context, days, new Date())
  context.print(read, markdown ? formatMarkdownReport(read) : formatReport(read))
  return 0
}

async function retire(context: CommandContext, field: string, days: number): Promise<ExitCode> {
  const now = new Date()
  const answer = canRetire(field, await readReport(context, days, now), now)
  context.print(answer, formatRetirement(answer))
  return EXIT_CODES[answer.answer]
}

const EXIT_CODES = { yes: 0, no: 1, unknown: 2 } as const

const readReport = async (context: CommandContext, days: number, now: Date): Promise<DeprecationReport> =>
  readDeprecationReport(await openTables(context), { days, now, sunset: context.settings.SUNSET })
