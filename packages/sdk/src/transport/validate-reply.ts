import { type EndpointId, type JsonObject, type ReplyMismatch, validateReply } from '@ai-ticket-creator/domain'
import type { CallContext } from '../core/call-context.ts'
import { notify } from '../core/notify.ts'
import type { ResponseMetadata } from '../core/result.ts'
import type { WireRequest } from '../core/wire.ts'
import type { Secrets } from '../errors/redact.ts'
import { ResponseMismatchError } from '../errors/response-mismatch-error.ts'
import { statsMismatches } from './check-stats.ts'

// Limits the memory for reported deviations: a backend can send any number of unknown field names.
const MAX_REPORTS = 1000
const MAX_IN_ERROR = 10

// Fields that the client derives from old ones where it can: `enabled` from the status `active` or `inactive`, the category
// from a known platform. Where it cannot, a legacy reply without them is not a deviation.
const DERIVED = /\b(?:enabled|integration_category)$/

/**
 * Compares a reply, in the current form, with the contract and reports each deviation once.
 *
 * @throws ResponseMismatchError under `strict`, except for fields and enum values that are newer than this version of the SDK.
 */
export function reportDrift(
  { settings, state: { reportedDrifts }, secrets }: CallContext,
  { method, path: route, generation: requestGeneration }: WireRequest,
  endpoint: EndpointId,
  { data, entities }: { readonly data: unknown; readonly entities: readonly JsonObject[] },
  { status, requestId, generation }: ResponseMetadata,
): void {
  const { validation, onDrift, root } = settings
  const isStrict = validation === 'strict'
  if (validation === 'off' || (!isStrict && onDrift === undefined)) return

  const isLegacy = ((settings.generation === 'auto' ? generation : undefined) ?? requestGeneration) === 'legacy'
  const faults: ReplyMismatch[] = []
  const report = (mismatch: ReplyMismatch): void => {
    const { kind, path } = mismatch
    if (kind === 'missing' && isLegacy && (DERIVED.test(path) || isNullable(mismatch))) return
    if (isStrict && !kind.startsWith('unknown')) faults.push(mismatch)

    const key = `${root} ${endpoint} ${kind} ${path}`
    if (reportedDrifts.has(key) || reportedDrifts.size >= MAX_REPORTS) return
    reportedDrifts.add(key)
    notify(onDrift, { ...mismatch, path: secrets.hide(path), endpoint, status, requestId })
  }
  validateReply(endpoint, data, report)
  if (endpoint === 'tickets.stats') statsMismatches(data).forEach(report)
  if (faults.length === 0) return

  const mismatches = firstPerPath(faults)
  const list = mismatches.map(({ path, expected, got }) => `\`${path}\` must be ${expected}, not ${got}`).join('; ')
  const written = method === 'GET' ? '' : '; the write was executed'
  const message = `${method} ${route} was answered with ${status}, but the reply does not match: ${list}${written}`
  const created = endpoint.includes('.create') ? idOf(entities[0], secrets) : undefined
  throw new ResponseMismatchError(message, { endpoint, status, requestId, mismatches, created })
}

// A legacy reply may omit a field that is nullable in the current generation.
const isNullable = ({ expected }: ReplyMismatch): boolean => expected.endsWith(' or null')

// The id of the created row, for the error: so that the caller does not create the row again.
function idOf(entity: JsonObject | undefined, secrets: Secrets): string | undefined {
  const id = entity?.['id']
  return typeof id === 'string' && /^[\w-]{1,64}$/.test(id) && secrets.hide(id) === id ? id : undefined
}

/** The first mismatch of each path: the rows of a list often deviate in the same way. At most MAX_IN_ERROR. */
const firstPerPath = (faults: readonly ReplyMismatch[]): readonly ReplyMismatch[] =>
  [...new Map(faults.toReversed().map((fault) => [fault.path, fault])).values()].toReversed().slice(0, MAX_IN_ERROR)
