import type { EndpointId, JsonObject } from '@ai-ticket-creator/domain'
import { entitiesIn } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../core/call-context.ts'
import type { WithResponse } from '../core/result.ts'
import type { SentRequest } from '../core/sent-request.ts'
import { formatFields } from '../errors/format-fields.ts'
import { SilentDropError } from '../errors/write-errors.ts'
import { echoOf, equalityOf, isExempt, shownValue } from './echo-table.ts'

interface SentBody {
  readonly endpointId: EndpointId
  /** In the current form. */
  readonly body: JsonObject
}

/**
 * Checks that the reply to a write shows what was sent.
 *
 * @throws SilentDropError when it shows a field with another value.
 */
export function checkEcho(
  call: CallContext,
  { endpointId, input: { body = {} } }: SentRequest,
  reply: WithResponse<unknown>,
): void {
  const sent = { endpointId, body }
  const entity = entityIn(sent.endpointId, reply.data)
  const { lost, unseen } = compareEcho(sent, entity)
  call.written.addUnverified(unseen)

  if (lost.length === 0) return
  const wereToBeCleared = lost.every((field) => sent.body[field] === null)
  throw silentDrop(sent, lost, entity, reply, wereToBeCleared ? notClearedMessage : notStoredMessage)
}

/** Compares what was sent with an entity. `lost`: fields with another value in the entity. `unseen`: fields it does not show. */
export function compareEcho({ endpointId, body }: SentBody, entity: JsonObject): { lost: string[]; unseen: string[] } {
  const lost: string[] = []
  const unseen: string[] = []
  for (const [field, sent] of Object.entries(body)) {
    if (sent === undefined || isExempt(endpointId, field, body)) continue
    const shown = echoOf(endpointId, field) === 'reply' ? shownValue(endpointId, entity, field) : undefined
    if (shown === undefined) unseen.push(field)
    else if (!equalityOf(endpointId, field)(sent, shown)) lost.push(field)
  }
  return { lost, unseen }
}

/** The integration or the ticket in a reply. */
export const entityIn = (endpointId: EndpointId, data: unknown): JsonObject => entitiesIn(endpointId, data)?.[0] ?? {}

/** The error for fields that the backend dropped. `messageFor` gets their names. */
export function silentDrop(
  sent: SentBody,
  fields: readonly string[],
  entity: JsonObject,
  { response: { requestId } }: WithResponse<unknown>,
  messageFor: (fields: string) => string,
): SilentDropError {
  const { id } = entity
  const unverified = compareEcho(sent, entity).unseen.filter((field) => !fields.includes(field))
  const note =
    unverified.length === 0 ? '' : `; ${formatFields(unverified)} may not be written either: no reply shows it`
  return new SilentDropError(`${messageFor(formatFields(fields))}${note}`, {
    endpoint: sent.endpointId,
    fields,
    unverified,
    id: typeof id === 'string' ? id : '',
    requestId,
  })
}

/** The message for fields that a backend of another generation does not have. */
export const ignoredFieldMessage = (fields: string): string =>
  `the backend accepted the write but ignored ${fields}, as a backend of another generation does`

const notStoredMessage = (fields: string): string =>
  `the backend accepted the write, but its reply shows ${fields} with another value`

// Some backends take `null` for "not given" (existing backend: null and absent fields).
const notClearedMessage = (fields: string): string => `the backend accepted null for ${fields} and did not clear it`
