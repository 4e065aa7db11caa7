import { compiledEndpoint, entitiesIn } from '@ai-ticket-creator/domain/internal'
import { keepExactNumbers } from '../core/exact-numbers.ts'
import type { ParsedReply } from '../core/exchange.ts'
import type { WireReply, WireRequest } from '../core/wire.ts'
import type { Secrets } from '../errors/redact.ts'
import { ResponseMismatchError } from '../errors/response-mismatch-error.ts'
import { objectIn } from './reply-fields.ts'

/**
 * Parses the body of a reply as JSON.
 *
 * @throws ResponseMismatchError when a success reply is not JSON.
 */
export function parseReply(request: WireRequest, reply: WireReply, secrets: Secrets): ParsedReply {
  const parsed = { ...reply, requestId: requestIdOf(reply, secrets) }
  if (!isSuccess(reply)) return { ...parsed, body: objectIn(reply.text) }
  return { ...parsed, body: hasNoBody(request, reply) ? undefined : parseJson(request, parsed) }
}

export const isSuccess = ({ status }: WireReply): boolean => status >= 200 && status <= 299

/**
 * The error for a reply that cannot be used. `problem` ends the sentence "the reply …". `created`: the id of the row that a
 * create created nevertheless.
 */
export function replyMismatch(
  { endpointId, method, path }: WireRequest,
  { status, requestId }: Pick<ParsedReply, 'status' | 'requestId'>,
  problem: string,
  created?: string,
): ResponseMismatchError {
  return new ResponseMismatchError(`${method} ${path} was answered with ${status}, but the reply ${problem}`, {
    endpoint: endpointId,
    status,
    requestId,
    created,
  })
}

function requestIdOf({ headers }: WireReply, secrets: Secrets): string | undefined {
  const id = headers.get('X-Request-Id') ?? ''
  return /^[\w.:@/+=-]{1,200}$/.test(id) && secrets.hide(id) === id ? id : undefined
}

// A path that is not in the contract may have an empty reply.
const hasNoBody = ({ endpointId }: WireRequest, { text }: WireReply): boolean =>
  endpointId === undefined ? text === '' : compiledEndpoint(endpointId).reply === undefined

function parseJson(request: WireRequest, reply: Omit<ParsedReply, 'body'>): unknown {
  try {
    const value: unknown = JSON.parse(reply.text)
    const { endpointId } = request
    keepExactNumbers(reply.text, value, endpointId && entitiesIn(endpointId, value))
    return value
  } catch {
    throw replyMismatch(request, reply, reply.text === '' ? 'is empty' : 'is not JSON')
  }
}
