import { GENERATIONS, type Generation } from '@ai-ticket-creator/domain'
import { Command, InvalidArgumentError, Option } from 'commander'
import manifest from '../../package.json' with { type: 'json' }
import { parseBaseUrl } from '../core/base-url.ts'
import { FORMATS, type FormatName } from '../reporters/format-names.ts'
import type { VerifyReport } from '../verify/model/report.ts'
import { CliError } from './cli-error.ts'

/** A report format and its file; without a file it goes to standard output. */
export interface Output {
  readonly format: FormatName
  readonly file: string | undefined
}

/** The report options of both commands. Their defaults are not set in commander, which would print them in the help. */
export interface ReportFlags {
  readonly category?: string
  readonly format?: readonly Output[]
  readonly stepSummary?: boolean
  readonly baseline?: string
  readonly updateBaseline?: boolean
}

export interface VerifyFlags extends ReportFlags {
  readonly baseUrl?: string
  readonly list?: boolean
  readonly fileId?: readonly string[]
  readonly mode: VerifyReport['mode']
  readonly generation: Generation | 'auto'
  readonly tokenStdin?: boolean
  readonly filter?: readonly string[]
  readonly seed?: number
  readonly timeout: number
}

export interface CheckUsageFlags extends ReportFlags {
  readonly generation: Generation
}

const MODES = ['read-only', 'full', 'strict'] as const satisfies readonly VerifyReport['mode'][]

export function verifyCommand(): Command {
  const command = new Command('ai-ticket-creator-verify')
    .usage('[options]\n       ai-ticket-creator-verify check-usage --help')
    .description('Verifies that a backend keeps the contract of the AI Ticket Creator API.')
    .version(manifest.version, '--version', 'print the version')
    .option(
      '--base-url <url>',
      'address of the API, such as https://tickets.example.test; required',
      parseBaseUrlOption,
    )
    .option('--token-stdin', 'read the bearer token from standard input instead of AI_TICKET_CREATOR_TOKEN')
    .addOption(
      new Option(
        '--mode <mode>',
        'read-only sends only GET requests; full creates test data and deletes it; strict is full with Prefer: handling=strict',
      )
        .choices(MODES)
        .default('read-only'),
    )
    .addOption(
      new Option(
        '--generation <generation>',
        'generation of the API; auto detects it in a header of the replies, in a stored row, or in the OpenAPI document',
      )
        .choices([...GENERATIONS, 'auto'])
        .default('auto'),
    )
    .option('--filter <id>', 'run only cases whose id starts with this; can be repeated', append)
    .option('--list', 'print the ids and titles of the cases instead of running them')
    .option(
      '--file-id <uuid>',
      'id of a file that exists on the backend; give two for the cases about attachments',
      append,
    )
    .option('--seed <number>', 'seed for generated cases; reuse it to reproduce a run', parseSeed)
    .option('--timeout <seconds>', 'time limit for the whole run', parseSeconds, 300)
    .allowExcessArguments(false)
  return withReportOptions(command).addHelpText('after', VERIFY_HELP)
}

export function checkUsageCommand(): Command {
  const command = new Command('ai-ticket-creator-verify check-usage')
    .description('Checks whether the API usage that recordUsage recorded in your tests works in a generation.')
    .argument('<usage.json...>', 'files written from recordUsage; several files are merged')
    .addOption(
      new Option('--generation <generation>', 'the generation to check against')
        .choices(GENERATIONS)
        .makeOptionMandatory(),
    )
  return withReportOptions(command).addHelpText('after', CHECK_USAGE_HELP)
}

const withReportOptions = (command: Command): Command =>
  command
    .option(
      '--category <name>',
      'category of the SARIF report, needed if one repository uploads several; default: host and path of the backend',
      parseCategory,
    )
    .option('--format <format[=file]>', `${FORMATS.join(', ')}; can be repeated`, addOutput)
    .option('--step-summary', 'append Markdown to the file named by GITHUB_STEP_SUMMARY')
    .option('--baseline <file>', 'known failures, which do not fail the run')
    .option('--update-baseline', 'write the current failures to the baseline')
    .helpOption('--help', 'print this help')

const CHECK_USAGE_HELP = `
Exit codes: 0 everything works, in part perhaps because the SDK translates old names; 1 something does not work;
2 inconclusive.`

const VERIFY_HELP = `
The token is read from AI_TICKET_CREATOR_TOKEN or from standard input, never from an argument: arguments are visible in
process lists. AI_TICKET_CREATOR_OTHER_TENANT_TOKEN, a token of another organization, adds the cases about tenant isolation.

Exit codes: 0 passed; 1 failed; 2 inconclusive (backend not reached, unauthorized, wrong arguments, a file that cannot be
written); 130 and 143 after Ctrl-C and SIGTERM, once the test data is deleted.`

function parseBaseUrlOption(value: string): string {
  try {
    return parseBaseUrl(value)
  } catch {
    throw new CliError(
      `--base-url must be the address of the service, such as https://tickets.example.test; /api/v1 is added to it. ${mistakeIn(value)}`,
    )
  }
}

/** Describes what is wrong without repeating the value, which may hold a secret. */
function mistakeIn(value: string): string {
  if (value === '') return 'The value is empty: is the variable set?'
  const url = URL.parse(value)
  if (url === null || !/^https?:$/.test(url.protocol)) return 'The value does not start with https:// or http://.'
  if (url.username !== '' || url.password !== '') return 'The value contains a user; the token is given separately.'
  return 'The value has a query or a fragment.'
}

function addOutput(value: string, outputs: readonly Output[] = []): readonly Output[] {
  const [name, ...rest] = value.split('=')
  const format = FORMATS.find((one) => one === name)
  const file = value.includes('=') ? rest.join('=') : undefined
  if (format === undefined || file === '')
    throw new InvalidArgumentError(`Allowed are ${FORMATS.join(', ')}; append =file to write to a file.`)
  return [...outputs, { format, file }]
}

function parseCategory(value: string): string {
  if (value.trim() !== '') return value
  throw new InvalidArgumentError('It is empty: is the variable set?')
}

const append = (value: string, all: readonly string[] = []): readonly string[] => [...all, value]

function parseSeed(value: string): number {
  if (/^\d{1,10}$/.test(value) && Number(value) < 2 ** 32) return Number(value)
  throw new InvalidArgumentError('It must be a whole number from 0 to 4294967295.')
}

function parseSeconds(value: string): number {
  if (/^\d{1,5}$/.test(value) && Number(value) > 0) return Number(value)
  throw new InvalidArgumentError('It must be a whole number from 1 to 99999.')
}
