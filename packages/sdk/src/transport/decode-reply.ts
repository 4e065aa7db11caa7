import { changesOf, type EndpointId, endpointOf, upgrade } from '@ai-ticket-creator/domain'
import { entitiesIn, isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../core/context.ts'
import type { ResponseMetadata, WithResponse } from '../core/result.ts'
import type { WireReply, WireRequest } from '../core/wire.ts'
import { withLegacyFields } from '../deprecations/legacy-accessors.ts'
import { recordDeprecationHeaders } from '../deprecations/read-headers.ts'
import type { Secrets } from '../errors/redact.ts'
import { ResponseMismatchError } from '../errors/response-mismatch-error.ts'
import { recordGeneration } from '../negotiation/exchange.ts'
import { toError } from './decode-error.ts'
import { objectIn } from './reply-fields.ts'
import { reportDrift } from './validate-reply.ts'

/** Reads a reply: its data in the current form, or the error that it tells. No network in here. */
export function decodeReply(
  call: Pick<CallContext, 'settings' | 'secrets' | 'observedGeneration'>,
  request: WireRequest,
  reply: WireReply,
): WithResponse<unknown> {
  const { settings, secrets } = call
  recordDeprecationHeaders(call, request, reply.headers)

  const facts = responseFacts(request, reply, secrets)
  if (reply.status < 200 || reply.status > 299) {
    recordGeneration(call, request, reply, objectIn(reply.text))
    throw toError(request, reply, facts, secrets)
  }

  const { endpointId } = request
  const raw = hasNoBody(request, reply) ? undefined : parse(request, reply, facts)
  const response = { ...facts, generation: recordGeneration(call, request, reply, raw) }
  if (endpointId === undefined || raw === undefined) return { data: raw, response, unverified: [] }

  const data = upgrade(endpointId, raw, { part: 'reply' }).body
  const entities = entitiesIn(endpointId, data)
  if (entities === undefined) throw mismatch(request, response, 'is not of the agreed kind')

  const originals = entitiesIn(endpointId, raw) ?? []
  if (hasFlag(endpointId)) for (const entity of entities) deriveEnabled(request, response, entity)
  reportDrift(call, request, endpointId, { data, entities }, response)

  withLegacyFields(settings, endpointId, entities, originals)
  return { data, response, unverified: [] }
}

// A path that the contract does not have may well answer with nothing.
const hasNoBody = ({ endpointId }: WireRequest, { text }: WireReply): boolean =>
  endpointId === undefined ? text === '' : endpointOf(endpointId).reply === undefined

function responseFacts(
  { generation: words }: WireRequest,
  { status, headers }: WireReply,
  secrets: Secrets,
): ResponseMetadata {
  const id = headers.get('X-Request-Id') ?? ''
  const plain = /^[\w.:@/+=-]{1,200}$/.test(id) && secrets.hide(id) === id
  return { status, headers, requestId: plain ? id : undefined, requestGeneration: words, generation: undefined }
}

function parse(request: WireRequest, { text }: WireReply, response: ResponseMetadata): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw mismatch(request, response, text === '' ? 'is empty' : 'is not JSON')
  }
}

function mismatch(
  { endpointId, method, path }: WireRequest,
  { status, requestId }: ResponseMetadata,
  what: string,
): ResponseMismatchError {
  return new ResponseMismatchError(`${method} ${path} was answered with ${status}, but the reply ${what}`, {
    endpoint: endpointId,
    status,
    requestId,
  })
}

const hasFlag = (endpointId: EndpointId): boolean =>
  changesOf(endpointId, 'reply').some(({ current }) => current.includes('enabled'))

/** Legacy replies do not say `enabled`; the filter that they answer does, and two statuses. Nothing is invented. */
function deriveEnabled(
  { query }: WireRequest,
  { generation }: ResponseMetadata,
  entity: Record<string, unknown>,
): void {
  if (typeof entity['enabled'] === 'boolean') return
  // One that has read over the filter shows that it does not know the word.
  const asked = isJsonObject(query) && generation !== 'current' ? query['is_enabled'] : undefined
  if (typeof asked === 'boolean') entity['enabled'] = asked
  else if (entity['status'] === 'active') entity['enabled'] = true
  else if (entity['status'] === 'inactive') entity['enabled'] = false
}
