import { checkReply, type EndpointId, type JsonObject, type ReplyMismatch } from '@ai-ticket-creator/domain'
import { tell } from '../core/notify.ts'
import type { ResponseFacts } from '../core/result.ts'
import type { Call } from '../core/run-call.ts'
import type { WireRequest } from '../core/wire.ts'
import { ResponseMismatchError } from '../errors/base.ts'
import type { Secrets } from '../errors/redact.ts'

// Paths come from the contract; only names of new fields do not.
const REPORTS_AT_MOST = 1000
const SHOWN_AT_MOST = 10

// What follows from old fields, when they say it: `enabled` from two of the statuses, the category from a known platform.
const DERIVED = /\b(?:enabled|integration_category)$/

/**
 * Holds a reply, in the current form, against the contract.
 *
 * @throws ResponseMismatchError under `strict`; what is newer than this version is no fault.
 */
export function checkDrift(
  { settings, secrets }: Pick<Call, 'settings' | 'secrets'>,
  { method, path: route, words }: WireRequest,
  endpoint: EndpointId,
  { data, entities }: { readonly data: unknown; readonly entities: readonly JsonObject[] },
  { status, requestId, generation }: ResponseFacts,
): void {
  const { validation, onDrift, drifts, root } = settings
  const isStrict = validation === 'strict'
  if (validation === 'off' || (!isStrict && onDrift === undefined)) return

  const isLegacy = ((settings.generation === 'auto' ? generation : undefined) ?? words) === 'legacy'
  const faults: ReplyMismatch[] = []
  checkReply(endpoint, data, (mismatch) => {
    const { kind, path } = mismatch
    if (kind === 'missing' && isLegacy && DERIVED.test(path)) return
    if (isStrict && !kind.startsWith('unknown')) faults.push(mismatch)

    const key = `${root} ${endpoint} ${kind} ${path}`
    if (drifts.has(key) || drifts.size >= REPORTS_AT_MOST) return
    drifts.add(key)
    tell(onDrift, { ...mismatch, path: secrets.hide(path), endpoint, status, requestId })
  })
  if (faults.length === 0) return

  const mismatches = firstPerPlace(faults)
  const what = mismatches.map(({ path, expected, got }) => `\`${path}\` must be ${expected}, not ${got}`).join('; ')
  const written = method === 'GET' ? '' : '; what was to be written is written'
  const message = `${method} ${route} was answered with ${status}, but the reply does not fit: ${what}${written}`
  const created = endpoint.includes('.create') ? secretlessId(entities[0], secrets) : undefined
  throw new ResponseMismatchError(message, { endpoint, status, requestId, mismatches, created })
}

// Whoever creates it once more because of the error would have two.
function secretlessId(entity: JsonObject | undefined, secrets: Secrets): string | undefined {
  const id = entity?.['id']
  return typeof id === 'string' && /^[\w-]{1,64}$/.test(id) && secrets.hide(id) === id ? id : undefined
}

/** Rows of a list often deviate in the same way. */
const firstPerPlace = (faults: readonly ReplyMismatch[]): readonly ReplyMismatch[] =>
  [...new Map(faults.toReversed().map((fault) => [fault.path, fault])).values()].toReversed().slice(0, SHOWN_AT_MOST)
