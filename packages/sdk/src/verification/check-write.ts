import { changesOf, type EndpointId, endpointOf, isJsonObject, type JsonObject } from '@ai-ticket-creator/domain'
import { inWords, pick } from '../core/fields.ts'
import { announces, type WithResponse } from '../core/result.ts'
import type { Call } from '../core/run-call.ts'
import { type ApiError, ResponseMismatchError } from '../errors/base.ts'
import { contradicts, type Words } from '../negotiation/detect-generation.ts'
import { mayBeginAgain, OtherWords } from '../negotiation/restart.ts'
import { WIPEABLE } from '../resources/tickets/plan-update.ts'
import { compareEcho, dropped, entityIn } from './compare-echo.ts'

interface Written {
  readonly endpointId: EndpointId
  readonly words: Words
  /** In the current form. */
  readonly body: JsonObject
}

// What says that nothing was written: the service has read the request and does not want it.
const REFUSED: readonly number[] = [400, 404, 405, 410, 422]

/** Begins the call again when a refusal shows that the backend speaks the other words. */
export function beginAgainAfter(call: Call, { status }: ApiError, method: string, words: Words): void {
  // An earlier try may have created something, even if another backend behind the same address refused this one.
  const isProof = REFUSED.includes(status) && !(method === 'POST' && call.doubtful)
  if (isProof && contradicts(call.shown, words) && mayBeginAgain(call)) throw new OtherWords(call.shown)
}

/**
 * Holds a new ticket against its reply: one that was to be filed shows where, or it was filed nowhere. That is all there is to
 * see of a backend that did not read the word for its integration (CONTRACT §8).
 *
 * @throws SilentDropError
 */
export function checkFiled(
  {
    endpointId,
    body,
    names,
  }: Pick<Written, 'endpointId' | 'body'> & { readonly names: readonly (string | undefined)[] },
  reply: WithResponse<unknown>,
): void {
  const isFiled = endpointId === 'tickets.create' || endpointId === 'tickets.createWithAi'
  if (!isFiled || typeof body['integration_id'] !== 'string' || body['create_externally'] === false) return

  const ticket = entityIn(reply.data)
  const { integration_id: id, integration_result: result } = ticket
  // Legacy backends tell the integration by its name.
  const told = isJsonObject(result) ? result['integration_name'] : undefined
  const known = names.flatMap((name) => (name === undefined ? [] : [name.trim()]))
  const isOther = known.length > 0 && typeof told === 'string' && !known.includes(told.trim())
  // A reply that has neither of the fields tells nothing.
  if (!isOther && ((id ?? result ?? undefined) !== undefined || (id === undefined && result === undefined))) return
  throw dropped(endpointId, ['integration_id'], ticket, reply, notRead)
}

/**
 * Holds a write against its reply, when that shows that the backend speaks other words than it was sent in: what has
 * another name there was not read.
 *
 * @throws SilentDropError, ResponseMismatchError
 */
export function checkKept(call: Call, written: Written, reply: WithResponse<unknown>): void {
  const { endpointId, words, body } = written
  if (!contradicts(call.shown, words)) return

  if (call.settings.generation === 'auto') checkNotCleared(written, reply)
  const shown = entityIn(reply.data)
  const renamed = namesOf(endpointId, body, 'body')
  const { lost, unseen } = compareEcho({ endpointId, body: pick(body, (field) => renamed.includes(field)) }, shown)
  const unread = [...lost, ...unseen.filter((field) => body[field] !== null)]
  if (unread.length === 0) return
  if (endpointOf(endpointId).method !== 'POST' && mayBeginAgain(call)) throw new OtherWords(call.shown)
  throw dropped(endpointId, unread, shown, reply, notRead)
}

/** The fields that have another name in the other words. */
export const namesOf = (endpointId: EndpointId, fields: JsonObject = {}, part: 'body' | 'query' = 'query'): string[] =>
  changesOf(endpointId, part)
    .flatMap(({ current }) => current)
    .filter((field) => Object.hasOwn(fields, field) && fields[field] !== undefined)

const notRead = (fields: string): string =>
  `the backend took the write and did not read ${fields}, as one of another generation does; what else was sent is written`

// A legacy PUT leaves absent fields of a ticket alone; the existing backend that came after it clears them (CONTRACT §3.2).
function checkNotCleared({ endpointId, words, body }: Written, { response }: WithResponse<unknown>): void {
  if (endpointId !== 'tickets.replace' || words !== 'legacy' || announces(response, 'partial-put')) return
  const absent = WIPEABLE.filter((field) => !Object.hasOwn(body, field))
  if (absent.length === 0) return
  const { status, requestId } = response
  throw new ResponseMismatchError(
    `the backend changed its generation: what was sent is written, but ${inWords(absent)} may be cleared by it`,
    { endpoint: endpointId, status, requestId },
  )
}
