import type { Generation } from '@ai-ticket-creator/domain'
import { isUuid } from '@ai-ticket-creator/domain/internal'
import { type Command, CommanderError } from 'commander'
import type { VerifyReport } from '../verify/model/report.ts'
import { CliError } from './cli-error.ts'
import {
  type CheckUsageFlags,
  checkUsageCommand,
  type Output,
  type ReportFlags,
  type VerifyFlags,
  verifyCommand,
} from './commands.ts'
import { refuseTokens } from './tokens.ts'

/** Where a report is written, and the baseline that it is compared with. */
export interface ReportOptions {
  readonly outputs: readonly Output[]
  readonly stepSummary: boolean
  readonly baseline: string | undefined
  readonly updateBaseline: boolean
  /** The category of the SARIF report; undefined: the subject of the report. */
  readonly category: string | undefined
}

/** The settings of a verification, from the arguments. */
export interface VerifySettings extends ReportOptions {
  readonly baseUrl: string
  readonly tokenStdin: boolean
  readonly mode: VerifyReport['mode']
  readonly generation: Generation | 'auto'
  readonly filter: readonly string[]
  readonly fileIds: readonly [string, string] | undefined
  readonly seed: number | undefined
  readonly timeoutSeconds: number
}

/** The settings of `check-usage`. */
export interface CheckUsageSettings extends ReportOptions {
  readonly files: readonly string[]
  readonly generation: Generation
}

/** What to run; `print` is the text of `--help` or `--version`. */
export type ParsedArguments =
  | { readonly print: string }
  | { readonly list: { readonly filter: readonly string[] } }
  | { readonly verify: VerifySettings }
  | { readonly checkUsage: CheckUsageSettings }

/** @throws CliError that names the mistake and never repeats a value, which may be a secret. */
export function parseArguments(argv: readonly string[], env: NodeJS.ProcessEnv): ParsedArguments {
  refuseTokens(argv, env)

  const [name, ...others] = argv
  return name === 'check-usage' ? parseCheckUsage(others) : parseVerify(argv)
}

function parseVerify(argv: readonly string[]): ParsedArguments {
  const parsed = parse(verifyCommand(), argv)
  if ('print' in parsed) return parsed

  const {
    tokenStdin = false,
    filter = [],
    list = false,
    seed,
    timeout,
    baseUrl,
    mode,
    generation,
    fileId = [],
    ...flags
  } = parsed.command.opts<VerifyFlags>()
  if (list) return { list: { filter } }
  if (baseUrl === undefined) throw new CliError('--base-url is missing: the address of the API')

  const fileIds = parseFileIds(fileId)
  const settings = { baseUrl, mode, generation, tokenStdin, filter, fileIds, seed, timeoutSeconds: timeout }
  return { verify: { ...reportOptions(flags), ...settings } }
}

function parseFileIds([one, other, ...more]: readonly string[]): readonly [string, string] | undefined {
  if (one === undefined) return undefined
  if (other === undefined || more.length > 0 || !isUuid(one) || !isUuid(other) || one === other)
    throw new CliError('--file-id must be given twice, with the UUIDs of two files')
  return [one, other]
}

function parseCheckUsage(argv: readonly string[]): ParsedArguments {
  const parsed = parse(checkUsageCommand(), argv)
  if ('print' in parsed) return parsed

  const { generation, ...flags } = parsed.command.opts<CheckUsageFlags>()
  return { checkUsage: { ...reportOptions(flags), generation, files: parsed.command.args } }
}

function parse(command: Command, argv: readonly string[]): { readonly print: string } | { readonly command: Command } {
  const printed: string[] = []
  try {
    command
      .configureOutput({ writeOut: (text) => printed.push(text), writeErr: () => {} })
      .exitOverride()
      .parse([...argv], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return { print: printed.join('') }
    throw new CliError(withoutValues(error.message))
  }
  return { command }
}

function reportOptions({ format = [], stepSummary = false, baseline, updateBaseline = false, category }: ReportFlags) {
  const files = format.map(({ file }) => file)
  if (new Set(files).size < files.length)
    throw new CliError('two formats cannot go to the same place; give each a file: --format junit=report.xml')
  if (updateBaseline && baseline === undefined)
    throw new CliError('--update-baseline needs --baseline, the file to write')

  // If no format uses standard output, a readable report goes there, so that the log is not empty.
  const outputs = files.includes(undefined) ? format : [...format, { format: 'pretty' as const, file: undefined }]
  return { outputs, stepSummary, baseline, updateBaseline, category } satisfies ReportOptions
}

/** Removes the values that commander repeats in a message: one of them may be a misplaced secret. */
const withoutValues = (message: string): string =>
  message
    .replace(/^error: /, '')
    // error: unknown option '--name=value'
    .replace(/^(unknown option '[^'=]*)=[\s\S]*?'(?=$|\n)/, "$1'")
    // error: option '--mode <mode>' argument 'value' is invalid.
    .replace(/ argument '[\s\S]*' is invalid\./, ' has a value that is not allowed.')
    .replace(/^too many arguments[\s\S]*/, 'there is an argument that belongs to no option; see --help')
