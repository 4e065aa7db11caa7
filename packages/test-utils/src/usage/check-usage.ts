import {
  type Change,
  changes,
  type DeprecationEntry,
  type EndpointId,
  endpointOf,
  GENERATIONS,
  type Generation,
  isAvailable,
  replacementRoute,
} from '@ai-ticket-creator/domain'
import { changesAccepting, fieldsOf, wireSchema } from '@ai-ticket-creator/domain/internal'
import type { CaseResult } from '../verify/model/report.ts'
import { checkIsUsage, type Usage, type UsageEntry } from './usage.ts'

/** What becomes of one use in a generation: a row as `verifyContract` has it, with its place. */
export interface UsageResult extends CaseResult {
  /** Where in the consumer's files; absent where it is not known. */
  readonly location?: UsageLocation
}

/** A place in the consumer's files. */
export interface UsageLocation {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** Whether what a consumer uses survives a generation. */
export interface UsageReport {
  readonly generation: Generation
  /** `unknown`: nothing was recorded. */
  readonly outcome: 'passed' | 'failed' | 'inconclusive'
  readonly reason?: string
  readonly results: readonly UsageResult[]
  /** What a baseline knows, and what is there no more. */
  readonly fixed?: readonly string[]
}

/**
 * What of a usage breaks when the backend speaks the words of a generation, by the contract and its changes. Pure.
 * An error breaks on that day; a warning is an old name that the SDK translates, for as long as it has `legacyFields`.
 *
 * ```ts
 * checkUsage(JSON.parse(readFileSync('usage.json', 'utf8')), { generation: 'current' }).outcome
 * ```
 *
 * @throws TypeError for what is no usage, RangeError for what is no generation.
 */
export function checkUsage(usage: Usage, { generation }: { readonly generation: Generation }): UsageReport {
  checkIsUsage(usage)
  if (!GENERATIONS.includes(generation)) throw new RangeError(`\`generation\` must be one of ${GENERATIONS.join(', ')}`)

  const results = once([
    ...usage.uses.flatMap((use) => ofRequest(use, generation)),
    ...usage.deprecations.entries.flatMap((entry) => ofLedger(entry, generation)),
  ])
  if (results.length === 0)
    return { generation, outcome: 'inconclusive', reason: 'the usage holds no request', results }
  const broken = results.some(({ outcome, severity }) => outcome === 'failed' && severity === 'error')
  return { generation, outcome: broken ? 'failed' : 'passed', results }
}

/** What became of a use: nothing, or what is to be done. */
type Verdict = undefined | Pick<CaseResult, 'title' | 'reason' | 'expected'>

function ofRequest(use: UsageEntry, generation: Generation): readonly UsageResult[] {
  const { kind, endpoint, name, callSite, count } = use
  // The route says it once, for all that goes with it.
  if (kind !== 'endpoint' && !isAvailable(endpoint, generation)) return []

  const verdict =
    kind === 'endpoint' ? routeIn(endpoint, generation) : kind === 'code' ? undefined : fieldIn(use, generation)
  return [
    row({
      id: `usage.${kind}.${endpoint}${kind === 'endpoint' ? '' : `.${name}`}`,
      endpoint,
      severity: 'error',
      title: sentenceOf(use),
      verdict,
      actual: `\`${name}\`, ${times(count)}`,
      callSite,
    }),
  ]
}

function sentenceOf({ kind, endpoint, name }: UsageEntry): string {
  if (kind === 'endpoint') return `${name} is there`
  if (kind === 'code') return `${endpoint} can answer \`${name}\``
  return `${endpoint} takes \`${name}\`${kind === 'query' ? ' as a filter' : ''}`
}

function routeIn(endpoint: EndpointId, generation: Generation): Verdict {
  if (isAvailable(endpoint, generation)) return undefined
  const { method, path } = endpointOf(endpoint)
  const moved = replacementRoute(endpoint)
  const title = `${method} ${path} is not there in ${generation}`
  if (moved === undefined) return { title, reason: `${generation} has no such endpoint` }
  const to = endpointOf(moved.to)
  return { title, reason: moved.change.summary, expected: `${to.method} ${to.path}` }
}

function fieldIn({ kind, endpoint, name, generation: then }: UsageEntry, generation: Generation): Verdict {
  const part = kind === 'query' ? 'query' : 'body'
  if (then === generation || takes(endpoint, part, name, generation)) return undefined

  const change = changesAccepting(endpoint, part).find(({ retired }) => Object.hasOwn(retired, name))
  const use = change?.retired[name]?.replacement
  if (generation === 'current' && change !== undefined)
    return {
      title: `\`${name}\` of ${endpoint} is refused in current`,
      reason: change.summary,
      expected: `\`${use}\``,
    }
  if (generation === 'current')
    return { title: `\`${name}\` of ${endpoint} is refused in current`, reason: 'no such field' }
  // Old generations ignore what they do not know; what was ignored before stays so.
  if (!takes(endpoint, part, name, then)) return undefined
  return { title: `\`${name}\` of ${endpoint} is ignored in ${generation}`, reason: `${generation} does not know it` }
}

function takes(endpoint: EndpointId, part: 'body' | 'query', name: string, generation: Generation): boolean {
  const schema = wireSchema(endpoint, part, generation)
  if (schema !== undefined && fieldsOf(schema).includes(name)) return true
  // What a reply shows can be sent back.
  const { entity } = endpointOf(endpoint)
  return part === 'body' && entity !== undefined && fieldsOf(entity).includes(name)
}

/** Old names that the client translates: what the backend said of requests stands with the requests. */
function ofLedger(entry: DeprecationEntry, generation: Generation): readonly UsageResult[] {
  const { kind, field, operation, replacement, callSite, count } = entry
  if (kind === 'notice' || kind === 'rest' || kind === 'route' || generation !== 'current') return []
  const change = changes.find(({ id }) => id === entry.change)
  return [
    row({
      id: `usage.${kind}.${operation}.${field}`,
      endpoint: undefined,
      severity: 'warning',
      title: `\`${field}\` ${WAYS[kind]} ${operation}`,
      verdict: {
        title: `\`${field}\` ${WAYS[kind]} ${operation} is an old name that the SDK translates`,
        reason: summaryOf(change),
        ...(replacement !== undefined && { expected: `\`${replacement}\`` }),
      },
      actual: `\`${field}\`, ${times(count)}`,
      callSite,
    }),
  ]
}

const WAYS = { input: 'given to', read: 'read from a result of', write: 'written to a result of' } as const

const summaryOf = (change: Change | undefined): string =>
  `${change?.summary ?? 'The name is old.'} It goes with \`legacyFields: false\`.`

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`)

interface Found {
  readonly id: string
  readonly endpoint: EndpointId | undefined
  readonly severity: CaseResult['severity']
  readonly title: string
  readonly verdict: Verdict
  readonly actual: string
  readonly callSite: string | undefined
}

function row({ id, endpoint, severity, title, verdict, actual, callSite }: Found): UsageResult {
  const location = locationOf(callSite)
  return {
    id,
    endpoint,
    severity,
    title: verdict?.title ?? title,
    outcome: verdict === undefined ? 'passed' : 'failed',
    ...(verdict !== undefined && { ...verdict, actual }),
    ...(verdict !== undefined && location === undefined && { reason: `${verdict.reason} ${UNKNOWN_PLACE}` }),
    specReference: 'the contract and its changes',
    durationMs: 0,
    ...(location !== undefined && { location }),
  }
}

const UNKNOWN_PLACE = '(The place is not known: no stack led to it.)'

function locationOf(callSite: string | undefined): UsageLocation | undefined {
  const [, file, line, column] = /^(.+):(\d+):(\d+)$/.exec(callSite ?? '') ?? []
  return file === undefined ? undefined : { file, line: Number(line), column: Number(column) }
}

/** One row for a name at a place, in whichever generations it was recorded: one that fails is the one to see. */
function once(results: readonly UsageResult[]): readonly UsageResult[] {
  const rows = new Map<string, UsageResult>()
  for (const result of results) {
    const key = JSON.stringify([result.id, result.location?.file, result.location?.line, result.location?.column])
    if (rows.get(key)?.outcome !== 'failed') rows.set(key, result)
  }
  return [...rows.values()]
}
