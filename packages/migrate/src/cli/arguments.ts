import { Command, CommanderError, Option } from 'commander'
import manifest from '../../package.json' with { type: 'json' }
import { STEP_NAMES } from '../migration.ts'

const COMMANDS = [
  'plan',
  'apply',
  'verify',
  'undo',
  'status',
  'report',
  'names',
  'backup',
  'restore',
  'rehearse',
] as const

/** What to do, read from the command line. */
export interface Settings {
  readonly command: (typeof COMMANDS)[number]
  readonly schema: string
  readonly json: boolean
  /** The last step that `apply` applies, or that stays applied after `undo`. */
  readonly to?: string
  readonly yes: boolean
  readonly dryRun: boolean
  /** A filled-in CSV file of the command `names`. */
  readonly names?: string
  /** The argument of `backup`, `restore` and `rehearse`. */
  readonly file?: string
  /** The file that `apply` writes a backup to before the first step. */
  readonly backup?: string
  /** Whether `restore` replaces the rows of existing tables. */
  readonly replace?: boolean
  /** Whether `verify` prints query plans instead. */
  readonly plans?: boolean
}

/** The settings; or the text to print: the help, the version, or an error message. */
export type ParsedArguments = { readonly settings: Settings } | { readonly print: string; readonly exitCode: 0 | 2 }

export function parseArguments(argv: readonly string[]): ParsedArguments {
  let settings: Settings | undefined
  const printed: string[] = []
  const program = createProgram((parsed) => (settings = parsed))
  try {
    configure(program, printed).parse([...argv], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return { print: printed.join(''), exitCode: error.exitCode === 0 ? 0 : 2 }
  }
  return settings === undefined ? { print: program.helpInformation(), exitCode: 2 } : { settings }
}

function createProgram(onCommand: (settings: Settings) => void): Command {
  const program = new Command('ai-ticket-creator-migrate')
    .description(
      'Moves the tables of an existing AI Ticket Creator backend to the current schema, and back, while they are in use.',
    )
    .version(manifest.version, '--version', 'print the version')
    .addHelpText('after', HELP)

  const add = (name: Settings['command'], description: string) =>
    program
      .command(name)
      .description(description)
      .option('--schema <schema>', 'schema of the tables', 'public')
      .option('--json', 'print JSON')
      .allowExcessArguments(false)
      .action(function (this: Command) {
        const [file] = this.args
        const flags = { ...this.opts<Partial<Settings>>(), ...(file !== undefined && { file }) }
        onCommand({ command: name, schema: 'public', json: false, yes: false, dryRun: false, ...flags })
      })

  add('plan', 'print what would be done and what was found; changes nothing')
  add('apply', 'apply the steps that are not applied')
    .addOption(stepOption('the last step to apply; default: all'))
    .option('--yes', 'do not ask')
    .option('--dry-run', 'print the SQL and change nothing')
    .option('--backup <file>', 'before the first step, write a backup to this file')
    .option('--names <file>', 'a CSV file of the command names, with the integrations that you chose')
  add('verify', 'compare old and new values of every row; changes nothing').option(
    '--plans',
    'print the query plan of each list of the API and the number of integrations by platform instead',
  )
  add('undo', 'undo the applied steps, the last one first')
    .addOption(stepOption('the last step that stays applied; default: undo all'))
    .option('--yes', 'do not ask')
  add('status', 'print the state of every step')
  add('report', 'print a report for a change ticket, as Markdown or JSON')
  add(
    'names',
    'print the names in tickets that match no integration, as CSV; fill in the column integration_id, and give the file to apply --names',
  )
  add('backup', 'write the schema and the rows of both tables to a file; changes nothing').argument('<file>')
  add('restore', 'restore a backup')
    .argument('<file>')
    .option(
      '--replace',
      'replace the rows of existing tables by those of the backup; changes made after the backup are lost',
    )
    .option('--yes', 'do not ask')
  add(
    'rehearse',
    'restore a backup into a temporary database on the same server, apply and undo all steps there, and print the times',
  ).argument('<file>')
  return program
}

const stepOption = (text: string) => new Option('--to <step>', text).choices(STEP_NAMES)

function configure(command: Command, printed: string[]): Command {
  const write = (text: string) => void printed.push(text)
  for (const one of [command, ...command.commands])
    one.configureOutput({ writeOut: write, writeErr: write }).exitOverride().helpOption('--help', 'print this help')
  return command
}

const HELP = `
DATABASE_URL is the database: postgresql://user@host:5432/database. Passwords are read from there, from PGPASSWORD or from the
password file, never from an argument. Connect directly or through a pooler in session mode.

apply and undo can be stopped and run again; they continue where they stopped. "apply --to retire" stops before the step contract: up
to there, undo of the last step takes milliseconds.

Exit codes: 0 done; 1 refused, or verify found something; 2 could not run.`
