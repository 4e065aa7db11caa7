import { GENERATIONS, type Generation } from '@ai-ticket-creator/domain'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import manifest from '../../package.json' with { type: 'json' }
import { readBaseUrl } from '../core/base-url.ts'
import { FORMATS, type FormatName } from '../reporters/format-names.ts'
import type { VerifyReport } from '../verify/model/report.ts'
import { CliError } from './cli-error.ts'
import { refuseTokens } from './tokens.ts'

/** Where a report goes, and what is known of it before. */
export interface ReportOptions {
  readonly outputs: readonly Output[]
  readonly stepSummary: boolean
  readonly baseline: string | undefined
  readonly updateBaseline: boolean
}

/** What the command line asks for. */
export interface Settings extends ReportOptions {
  readonly baseUrl: string
  readonly tokenStdin: boolean
  readonly mode: VerifyReport['mode']
  readonly generation: Generation | 'auto'
  readonly filter: readonly string[]
  readonly seed: number | undefined
  readonly timeoutSeconds: number
}

/** What `usage` asks for. */
export interface UsageSettings extends ReportOptions {
  readonly files: readonly string[]
  readonly generation: Generation
}

/** A format, and the file that it goes to; without one, to standard output. */
interface Output {
  readonly format: FormatName
  readonly file: string | undefined
}

/** `help` and `version` are texts to print. */
export type Parsed = { readonly text: string } | { readonly settings: Settings } | { readonly usage: UsageSettings }

/** @throws Refusal that says what is wrong with the arguments, and repeats no value that may be a secret. */
export function parseArguments(argv: readonly string[], env: NodeJS.ProcessEnv): Parsed {
  refuseTokens(argv, env)

  if (argv[0] !== 'usage') {
    const parsed = read(describe(), argv)
    return 'text' in parsed ? parsed : { settings: settingsOf(parsed.command.opts<Options>()) }
  }
  const parsed = read(describeUsage(), argv.slice(1))
  if ('text' in parsed) return parsed
  const { generation, ...telling } = parsed.command.opts<UsageOptions>()
  return { usage: { ...tellingOf(telling), generation, files: parsed.command.args } }
}

function read(command: Command, argv: readonly string[]): { readonly text: string } | { readonly command: Command } {
  const printed: string[] = []
  try {
    command
      .configureOutput({ writeOut: (text) => printed.push(text), writeErr: () => {} })
      .exitOverride()
      .parse([...argv], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return { text: printed.join('') }
    throw new CliError(withoutValues(error.message))
  }
  return { command }
}

/** An option that nobody gave is not there: a default would stand in the help, such as `(default: false)`. */
interface TellingOptions {
  readonly format?: readonly Output[]
  readonly stepSummary?: boolean
  readonly baseline?: string
  readonly updateBaseline?: boolean
}

interface Options extends TellingOptions, Pick<Settings, 'baseUrl' | 'mode' | 'generation'> {
  readonly tokenStdin?: boolean
  readonly filter?: readonly string[]
  readonly seed?: number
  readonly timeout: number
}

interface UsageOptions extends TellingOptions, Pick<UsageSettings, 'generation'> {}

const MODES = ['read-only', 'full', 'strict'] as const satisfies readonly VerifyReport['mode'][]

function describe(): Command {
  const command = new Command('ai-ticket-creator-verify')
    .usage('[options]\n       ai-ticket-creator-verify usage --help')
    .description('Says whether a backend keeps the contract of the AI Ticket Creator API.')
    .version(manifest.version, '--version', 'print the version')
    .requiredOption('--base-url <url>', 'where the API lives, such as https://tickets.example.test', baseUrl)
    .option('--token-stdin', 'read the bearer token from standard input, not from AI_TICKET_CREATOR_TOKEN')
    .addOption(
      new Option('--mode <mode>', 'read-only sends GET alone; full and strict make rows of their own and delete them')
        .choices(MODES)
        .default('read-only'),
    )
    .addOption(
      new Option('--generation <generation>', 'which words the API should speak')
        .choices([...GENERATIONS, 'auto'])
        .default('auto'),
    )
    .option('--filter <id>', 'only cases whose id begins so; several times for several', append)
    .option('--seed <number>', 'repeats what another run tried', seed)
    .option('--timeout <seconds>', 'give up after', seconds, 300)
    .allowExcessArguments(false)
  return withTelling(command).addHelpText('after', HELP)
}

function describeUsage(): Command {
  const command = new Command('ai-ticket-creator-verify usage')
    .description('Says which uses of the API, as recordUsage noted them in your tests, survive a generation.')
    .argument('<usage.json...>', 'what recordUsage noted; several files are added up')
    .addOption(new Option('--generation <generation>', 'the one to come').choices(GENERATIONS).makeOptionMandatory())
  return withTelling(command).addHelpText('after', USAGE_HELP)
}

const withTelling = (command: Command): Command =>
  command
    .option('--format <format[=file]>', `${FORMATS.join(', ')}; several times for several`, addOutput)
    .option('--step-summary', 'append Markdown to the file that GITHUB_STEP_SUMMARY names')
    .option('--baseline <file>', 'failures that are known; they do not break the build')
    .option('--update-baseline', 'write what fails now to the baseline')
    .helpOption('--help', 'print this')

const USAGE_HELP = `
Exit: 0 all of it survives, or is an old name that the SDK translates; 1 something breaks; 2 inconclusive.`

const HELP = `
The token comes from AI_TICKET_CREATOR_TOKEN, or from standard input; arguments are seen by whoever lists processes.
With AI_TICKET_CREATOR_OTHER_TENANT_TOKEN, of somebody in another organization, what others may see is tried as well.

Exit: 0 passed; 1 failed; 2 inconclusive (not reached, not authorized, wrong arguments, a file that cannot be written); 130 and 143 after Ctrl-C and SIGTERM, when rows of its own are deleted.`

function settingsOf({
  baseUrl,
  mode,
  generation,
  tokenStdin = false,
  filter = [],
  seed,
  timeout,
  ...telling
}: Options): Settings {
  return { ...tellingOf(telling), baseUrl, mode, generation, tokenStdin, filter, seed, timeoutSeconds: timeout }
}

function tellingOf({
  format = [],
  stepSummary = false,
  baseline,
  updateBaseline = false,
}: TellingOptions): ReportOptions {
  const files = format.map(({ file }) => file)
  if (new Set(files).size < files.length)
    throw new CliError('two formats can not go to the same place; give each a file: --format junit=report.xml')
  if (updateBaseline && baseline === undefined)
    throw new CliError('--update-baseline needs --baseline, the file to write')

  // A log that says nothing helps nobody: what is left of standard output is for people.
  const outputs = files.includes(undefined) ? format : [...format, { format: 'pretty' as const, file: undefined }]
  return { outputs, stepSummary, baseline, updateBaseline }
}

function baseUrl(value: string): string {
  try {
    return readBaseUrl(value)
  } catch {
    const wrong = faultIn(value)
    throw new CliError(
      `--base-url must be a host, such as https://tickets.example.test; only /api/v1 may follow${wrong === undefined ? '' : ` (${wrong})`}`,
    )
  }
}

/** Said without the value, which may hold a secret that went astray. */
function faultIn(value: string): string | undefined {
  if (value === '') return 'it is empty: is the variable set that it comes from?'
  const url = URL.parse(value)
  if (url === null || !/^https?:$/.test(url.protocol)) return 'it does not begin with https:// or http://'
  if (url.username !== '' || url.password !== '') return 'it has a user in it: the token comes another way'
  return url.search === '' && url.hash === '' ? 'it has another path' : 'it has a query or a fragment'
}

function addOutput(value: string, outputs: readonly Output[] = []): readonly Output[] {
  const [name, ...rest] = value.split('=')
  const format = FORMATS.find((one) => one === name)
  const file = value.includes('=') ? rest.join('=') : undefined
  if (format === undefined || file === '')
    throw new InvalidArgumentError(`Allowed are ${FORMATS.join(', ')}, each with =file if it goes to one.`)
  return [...outputs, { format, file }]
}

const append = (value: string, all: readonly string[] = []): readonly string[] => [...all, value]

function seed(value: string): number {
  if (/^\d{1,10}$/.test(value) && Number(value) < 2 ** 32) return Number(value)
  throw new InvalidArgumentError('It is a whole number from 0 to 4294967295.')
}

function seconds(value: string): number {
  if (/^\d{1,5}$/.test(value) && Number(value) > 0) return Number(value)
  throw new InvalidArgumentError('It is a whole number from 1 to 99999.')
}

/** What stands behind `=`, and what was given for an option, may be a secret that went astray. */
const withoutValues = (message: string): string =>
  message
    .replace(/^error: /, '')
    .replace(/^(unknown option '[^'=]*)=[\s\S]*?'(?=$|\n)/, "$1'")
    .replace(/ argument '[\s\S]*' is invalid\./, ' has a value that is not allowed.')
    .replace(/^too many arguments[\s\S]*/, 'there is a word that belongs to no option; --help lists them')
