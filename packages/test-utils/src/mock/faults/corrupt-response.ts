import type { JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject, mapEntities } from '@ai-ticket-creator/domain/internal'
import { parseJson } from '../../core/json.ts'
import type { Fault, FaultContext } from './fault.ts'

/** The call is run; its JSON breaks off in the middle. A reply without JSON is left alone. */
export const truncateJson = (): Fault => ({
  name: 'truncateBody()',
  apply: (exchange) => respoil(exchange, (text) => text.slice(0, Math.floor(text.length / 2))),
})

/**
 * A word that this version does not know, in a field of each entity of the reply: `sendUnknownWord('status')`. The field
 * is named as it is on the wire. A reply without the field is left alone, as are errors.
 */
export const unknownEnumValue = (field: string, word = 'added_later'): Fault => ({
  name: `sendUnknownWord(${field}, ${word})`,
  apply: (exchange) =>
    reshape(exchange, (entity) => (Object.hasOwn(entity, field) ? { ...entity, [field]: word } : undefined)),
})

/** A field that this version does not know, in each entity of the reply. Errors are left alone. */
export const unknownField = (field = 'added_later', value: unknown = true): Fault => ({
  name: `sendUnknownField(${field})`,
  apply: (exchange) => reshape(exchange, (entity) => ({ ...entity, [field]: value })),
})

/**
 * A proxy on the way drops headers of the answer: those that are named, or, without a name, all but `Content-Type`. What
 * the API announces about itself is gone then.
 */
export const stripHeaders = (...names: readonly string[]): Fault => ({
  name: `stripHeaders(${names.join(', ')})`,
  apply: async ({ next }) => {
    const { body, status, headers } = await next()
    const wanted = names.map((name) => name.toLowerCase())
    const isDropped = (name: string): boolean => (names.length === 0 ? name !== 'content-type' : wanted.includes(name))
    return new Response(body, { status, headers: [...headers].filter(([name]) => !isDropped(name)) })
  },
})

/** Changes the text of a reply that has JSON. */
async function respoil({ next, skip }: FaultContext, change: (text: string) => string | undefined) {
  const response = await next()
  const isJson = response.headers.get('Content-Type')?.startsWith('application/json') ?? false
  const text = isJson ? change(await response.clone().text()) : undefined
  if (text !== undefined) return new Response(text, response)

  skip()
  return response
}

/** Changes the entities of a reply of success; undefined leaves one as it is. */
async function reshape(exchange: FaultContext, change: (entity: JsonObject) => JsonObject | undefined) {
  return respoil(exchange, (text) => {
    const reply = parseJson(text)
    if (isJsonObject(reply) && Object.hasOwn(reply, 'detail') && Object.hasOwn(reply, 'code')) return undefined

    let changed = false
    const each = (entity: JsonObject): JsonObject => {
      const corrupted = change(entity)
      changed ||= corrupted !== undefined
      return corrupted ?? entity
    }
    const { endpoint } = exchange.request
    const corrupted = endpoint === undefined ? reply : mapEntities(endpoint, reply, each)
    return changed ? JSON.stringify(corrupted) : undefined
  })
}
