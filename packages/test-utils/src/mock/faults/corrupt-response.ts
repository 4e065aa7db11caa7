import { type EndpointId, endpointOf, isJsonObject, type JsonObject } from '@ai-ticket-creator/domain'
import { parseJson } from '../../core/json.ts'
import type { Fault, FaultyExchange } from './fault.ts'

/** The call is run; its JSON breaks off in the middle. A reply without JSON is left alone. */
export const truncateBody = (): Fault => ({
  name: 'truncateBody()',
  act: (exchange) => respoil(exchange, (text) => text.slice(0, Math.floor(text.length / 2))),
})

/**
 * A word that this version does not know, in a field of each entity of the reply: `sendUnknownWord('status')`. The field
 * is named as it is on the wire. A reply without the field is left alone, as are errors.
 */
export const sendUnknownWord = (field: string, word = 'added_later'): Fault => ({
  name: `sendUnknownWord(${field}, ${word})`,
  act: (exchange) =>
    reshape(exchange, (entity) => (Object.hasOwn(entity, field) ? { ...entity, [field]: word } : undefined)),
})

/** A field that this version does not know, in each entity of the reply. Errors are left alone. */
export const sendUnknownField = (field = 'added_later', value: unknown = true): Fault => ({
  name: `sendUnknownField(${field})`,
  act: (exchange) => reshape(exchange, (entity) => ({ ...entity, [field]: value })),
})

/**
 * A proxy on the way drops headers of the answer: those that are named, or, without a name, all but `Content-Type`. What
 * the API announces about itself is gone then.
 */
export const stripHeaders = (...names: readonly string[]): Fault => ({
  name: `stripHeaders(${names.join(', ')})`,
  act: async ({ next }) => {
    const { body, status, headers } = await next()
    const wanted = names.map((name) => name.toLowerCase())
    const isDropped = (name: string): boolean => (names.length === 0 ? name !== 'content-type' : wanted.includes(name))
    return new Response(body, { status, headers: [...headers].filter(([name]) => !isDropped(name)) })
  },
})

/** Changes the text of a reply that has JSON. */
async function respoil({ next, miss }: FaultyExchange, change: (text: string) => string | undefined) {
  const response = await next()
  const isJson = response.headers.get('Content-Type')?.startsWith('application/json') ?? false
  const text = isJson ? change(await response.clone().text()) : undefined
  if (text !== undefined) return new Response(text, response)

  miss()
  return response
}

/** Changes the entities of a reply of success; undefined leaves one as it is. */
async function reshape(exchange: FaultyExchange, change: (entity: JsonObject) => JsonObject | undefined) {
  return respoil(exchange, (text) => {
    const reply = parseJson(text)
    if (isJsonObject(reply) && Object.hasOwn(reply, 'detail') && Object.hasOwn(reply, 'code')) return undefined

    let changed = false
    const each = (entity: unknown): unknown => {
      const spoilt = isJsonObject(entity) ? change(entity) : undefined
      changed ||= spoilt !== undefined
      return spoilt ?? entity
    }
    const spoilt = mapEntities(exchange.request.endpoint, reply, each)
    return changed ? JSON.stringify(spoilt) : undefined
  })
}

function mapEntities(endpoint: EndpointId | undefined, reply: unknown, each: (entity: unknown) => unknown): unknown {
  if (Array.isArray(reply)) return reply.map(each)
  const envelope = endpoint === undefined ? undefined : endpointOf(endpoint).envelope
  if (!isJsonObject(reply) || envelope === undefined || envelope === 'array') return each(reply)

  const inner = reply[envelope]
  return { ...reply, [envelope]: Array.isArray(inner) ? inner.map(each) : each(inner) }
}
