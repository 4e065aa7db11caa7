import { type EndpointId, type ReplyMismatch, validateReply } from '@ai-ticket-creator/domain'
import type { CallContext } from '../core/call-context.ts'
import { notify } from '../core/notify.ts'
import type { ResponseMetadata } from '../core/result.ts'
import type { WireRequest } from '../core/wire.ts'
import { ResponseMismatchError } from '../errors/response-mismatch-error.ts'
import { statsMismatches } from './check-stats.ts'
import { createdIn } from './reply-fields.ts'

// Limits the memory for reported deviations: a backend can send any number of unknown field names.
const MAX_REPORTS = 1000
const MAX_IN_ERROR = 10

/**
 * Compares a reply, in the current form, with the contract and reports each deviation once.
 *
 * @throws ResponseMismatchError under `strict`, except for fields and enum values that are newer than this version of the SDK.
 */
export function reportDrift(
  { settings, state: { reportedDrifts }, secrets, dialect }: CallContext,
  { method, path: route }: WireRequest,
  endpoint: EndpointId,
  data: unknown,
  response: ResponseMetadata,
): void {
  const { validation, onDrift, root } = settings
  const isStrict = validation === 'strict'
  if (validation === 'off' || (!isStrict && onDrift === undefined)) return

  const { status, requestId } = response
  const faults: ReplyMismatch[] = []
  const report = (mismatch: ReplyMismatch): void => {
    const { kind, path } = mismatch
    if (kind === 'missing' && dialect.mayLack(mismatch, response)) return
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
  const created = createdIn(endpoint, data, secrets)
  throw new ResponseMismatchError(message, { endpoint, status, requestId, mismatches, created })
}

/** The first mismatch of each path: the rows of a list often deviate in the same way. At most MAX_IN_ERROR. */
const firstPerPath = (faults: readonly ReplyMismatch[]): readonly ReplyMismatch[] =>
  [...new Map(faults.toReversed().map((fault) => [fault.path, fault])).values()].toReversed().slice(0, MAX_IN_ERROR)
