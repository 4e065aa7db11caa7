import type { JsonObject } from '@ai-ticket-creator/domain'
import { mapEntities, parseCurrentBody, parseCurrentQuery, retiredNamesOf } from '@ai-ticket-creator/domain/internal'
import type { CallContext, DecodedReply, Dialect } from './core/call-context.ts'
import { announcedGeneration } from './core/capabilities.ts'
import type { ParsedReply } from './core/exchange.ts'
import { pick } from './core/fields.ts'
import type { WireRequest } from './core/wire.ts'
import type { ResponseMismatchError } from './errors/response-mismatch-error.ts'
import { isSuccess, replyMismatch } from './transport/parse-reply.ts'
import { createdIn } from './transport/reply-fields.ts'

/** The dialect of a client for backends of the current generation. It keeps no state. */
export const currentDialect: Dialect = {
  chooseForRead: () => 'current',
  chooseForWrite: async () => 'current',
  parseBody: (endpointId, raw, { stored }) => parseCurrentBody(endpointId, raw, stored),
  parseQuery: parseCurrentQuery,
  currentNameOf: (_endpointId, field) => field,
  withIntegration: async (_call, _endpointId, parse, send) => send({ body: parse({}).body }),
  resolveFilters: async (_call, filters) => filters,
  changeTicket: async (_call, { input, parse, write }) => write(parse(input, {}).body, (known) => parse(input, known)),
  encode: ({ input: { query = {}, body } }) => ({ query, body }),
  decode,
  mayLack: () => false,
  present: (_endpointId, data) => data,
  observe: () => {},
  verify: () => {},
  restart: () => undefined,
  unsentFilters: () => [],
}

/**
 * The body without the old names that a transitional backend adds.
 *
 * @throws ResponseMismatchError for a reply of an older backend: it may have ignored a part of the request.
 */
function decode(call: CallContext, request: WireRequest, reply: ParsedReply): DecodedReply {
  const evidence = announcedGeneration(reply.headers)
  const { body } = reply
  if (!isSuccess(reply)) return { body, evidence }
  if (evidence?.generation === 'legacy') throw olderReply(call, request, reply, 'is of a legacy backend')

  const { endpointId } = request
  if (endpointId === undefined) return { body, evidence }
  const retired = retiredNamesOf(endpointId, 'reply')
  const withoutOldNames = (entity: JsonObject): JsonObject => {
    const old = retired.filter(({ field }) => Object.hasOwn(entity, field))
    if (old.length === 0) return entity
    const alone = old.find(({ replacement }) => !Object.hasOwn(entity, replacement))
    if (alone !== undefined)
      throw olderReply(call, request, reply, `has \`${alone.field}\` and not \`${alone.replacement}\``)
    return pick(entity, (field) => !old.some((name) => name.field === field))
  }
  return { body: mapEntities(endpointId, body, withoutOldNames), evidence }
}

function olderReply(
  { secrets }: CallContext,
  request: WireRequest,
  reply: ParsedReply,
  problem: string,
): ResponseMismatchError {
  const written = request.method === 'GET' ? '' : '; the write was executed'
  return replyMismatch(
    request,
    reply,
    `${problem}; for a backend of an older generation, import the client from @ai-ticket-creator/sdk${written}`,
    createdIn(request.endpointId, reply.body, secrets),
  )
}
