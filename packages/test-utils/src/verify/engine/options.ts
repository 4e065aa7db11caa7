import { GENERATIONS, type Generation } from '@ai-ticket-creator/domain'
import { isUuid } from '@ai-ticket-creator/domain/internal'
import { parseBaseUrl } from '../../core/base-url.ts'
import type { Fetch } from '../../core/fetch.ts'
import type { FileIds } from '../model/file-ids.ts'
import type { CaseResult, VerifyReport } from '../model/report.ts'
import { secretPrefix } from '../model/request-bodies.ts'
import { unknownFilters } from './case-filter.ts'

/** What to verify, and how. */
export interface VerifyOptions {
  /** Where the API is served; it may have the path of a gateway. A trailing `/api/v1` is accepted. */
  readonly baseUrl: string | URL
  /** The bearer token. */
  readonly token: string
  /** Token of a user in another organization. With it, the cases about access across organizations run too. */
  readonly otherTenantToken?: string | undefined
  /**
   * The generation of the backend. Default: `auto`, which detects it; `detectedBy` in the report shows how. The run is
   * inconclusive for an existing backend that has no rows and does not serve `/openapi.json`.
   */
  readonly generation?: Generation | 'auto' | undefined
  /**
   * `read-only`, the default, sends only GET and reads existing rows. `full` creates test data and deletes it. `strict`
   * does the same under `Prefer: handling=strict`, like a consumer that no longer uses old field names.
   */
  readonly mode?: VerifyReport['mode'] | undefined
  /** Default: the global `fetch` at the time of each request. */
  readonly fetch?: Fetch | undefined
  /**
   * Ids of two files that exist on the backend, for the cases about attachments. Default: made-up ids; if the backend checks
   * files, these cases are inconclusive.
   */
  readonly fileIds?: readonly [string, string] | undefined
  /** Run only the cases whose id begins with one of these. */
  readonly filter?: readonly string[] | undefined
  /** Seed of the generated cases, an integer from 0 to 4294967295. Default: random. */
  readonly seed?: number | undefined
  /** Stops the run. Its test data is deleted all the same. */
  readonly signal?: AbortSignal | undefined
  /** Called with the result of each case. */
  readonly onResult?: ((result: CaseResult) => void) | undefined
  /** Called after each case. */
  readonly onProgress?: ((progress: Progress) => void) | undefined
}

/** Progress of a run. */
export interface Progress {
  readonly done: number
  readonly total: number
  /** Title of the case that ended last. */
  readonly title: string
}

/** Checked options with their defaults. */
export interface Settings {
  readonly baseUrl: string
  readonly token: string
  readonly otherTenantToken: string | undefined
  readonly generation: Generation | 'auto'
  readonly mode: VerifyReport['mode']
  readonly fetch: Fetch
  readonly fileIds: FileIds | undefined
  readonly filter: readonly string[]
  readonly seed: number
  readonly signal: AbortSignal
  /** Names and titles of the test data begin with it. */
  readonly prefix: string
  readonly secrets: readonly string[]
  readonly onResult: (result: CaseResult) => void
  readonly onProgress: (progress: Progress) => void
}

/** @throws RangeError for an invalid option. The message does not contain the token. */
export function parseOptions(options: VerifyOptions): Settings {
  const { token, otherTenantToken, generation = 'auto', mode = 'read-only', filter = [] } = options
  const seed = options.seed ?? randomSeed()
  assertChoice('mode', mode, MODES)
  assertChoice('generation', generation, ['auto', ...GENERATIONS])
  assertSeed(seed)
  assertTokens(token, otherTenantToken)
  assertFilter(filter)

  // Not derived from the seed: two runs with the same seed may use the same backend at the same time.
  const prefix = `verify-${crypto.randomUUID().slice(0, 8)}`
  return {
    baseUrl: parseBaseUrl(options.baseUrl),
    token,
    otherTenantToken,
    generation,
    mode,
    seed,
    prefix,
    secrets: [secretPrefix(prefix), ...longTokens(token, otherTenantToken)],
    // Not bound here, so that a later replacement of the global function takes effect.
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    fileIds: parseFileIds(options.fileIds),
    filter,
    signal: options.signal ?? new AbortController().signal,
    onResult: options.onResult ?? (() => {}),
    onProgress: options.onProgress ?? (() => {}),
  }
}

const MODES: readonly VerifyReport['mode'][] = ['read-only', 'full', 'strict']

const randomSeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 1

function assertChoice(name: string, value: string, choices: readonly string[]): void {
  if (!choices.includes(value))
    throw new RangeError(`\`${name}\` cannot be \`${value}\`; it is one of ${choices.join(', ')}`)
}

function assertSeed(seed: number): void {
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32))
    throw new RangeError('`seed` must be an integer from 0 to 4294967295')
}

// `Headers` would also reject an invalid token, but with the token in the message.
function assertTokens(token: unknown, otherTenantToken: unknown = 'none'): void {
  if (![token, otherTenantToken].every((one) => typeof one === 'string' && /^[\x21-\x7e]+$/.test(one)))
    throw new RangeError('`token` and `otherTenantToken` must be non-empty strings of visible ASCII characters')
}

function assertFilter(filter: readonly string[]): void {
  if (!Array.isArray(filter)) throw new RangeError('`filter` must be an array of case id prefixes')
  const unknown = unknownFilters(filter)
  if (unknown.length > 0)
    throw new RangeError(`\`filter\` matches no case: ${unknown.join(', ')}; \`contractCases\` lists all ids`)
}

function parseFileIds(fileIds: VerifyOptions['fileIds']): FileIds | undefined {
  if (fileIds === undefined) return undefined
  const [one = '', other = '', ...more] = fileIds.map((id) => id.toLowerCase())
  if (!isUuid(one) || !isUuid(other) || one === other || more.length > 0)
    throw new RangeError('`fileIds` must be two different UUIDs')
  return [one, other]
}

// A shorter token could occur in a reply by chance.
const longTokens = (...tokens: readonly (string | undefined)[]): readonly string[] =>
  tokens.filter((token) => token !== undefined && token.length >= 6) as readonly string[]
