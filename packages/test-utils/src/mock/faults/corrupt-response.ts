import type { JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject, mapEntities } from '@ai-ticket-creator/domain/internal'
import { parseJson } from '../../core/json.ts'
import type { Fault, FaultContext } from './fault.ts'

/** The request is executed, and its JSON reply is truncated. A reply without JSON is not changed. */
export const truncateJson = (): Fault => ({
  name: 'truncateJson()',
  apply: (context) => changeText(context, (text) => text.slice(0, Math.floor(text.length / 2))),
})

/**
 * An enum value that this version does not have, in a field of each entity of the reply: `unknownEnumValue('status')`.
 * `field` is the name in the JSON of the reply. A reply without the field is not changed, nor is an error response.
 */
export const unknownEnumValue = (field: string, value = 'added_later'): Fault => ({
  name: `unknownEnumValue(${field}, ${value})`,
  apply: (context) =>
    changeEntities(context, (entity) => (Object.hasOwn(entity, field) ? { ...entity, [field]: value } : undefined)),
})

/** A field that this version does not have, in each entity of the reply. An error response is not changed. */
export const unknownField = (field = 'added_later', value: unknown = true): Fault => ({
  name: `unknownField(${field})`,
  apply: (context) => changeEntities(context, (entity) => ({ ...entity, [field]: value })),
})

/**
 * A proxy removes headers of the response: the named ones or, without a name, all except `Content-Type`. The API then
 * seems to announce no generation and no capabilities.
 */
export const stripHeaders = (...names: readonly string[]): Fault => ({
  name: `stripHeaders(${names.join(', ')})`,
  apply: async ({ next }) => {
    const { body, status, headers } = await next()
    const named = names.map((name) => name.toLowerCase())
    const isRemoved = (name: string): boolean => (names.length === 0 ? name !== 'content-type' : named.includes(name))
    return new Response(body, { status, headers: [...headers].filter(([name]) => !isRemoved(name)) })
  },
})

/** Changes the text of a JSON response; `undefined` leaves it as it is. */
async function changeText({ next, skip }: FaultContext, change: (text: string) => string | undefined) {
  const response = await next()
  const isJson = response.headers.get('Content-Type')?.startsWith('application/json') ?? false
  const text = isJson ? change(await response.clone().text()) : undefined
  if (text !== undefined) return new Response(text, response)

  skip()
  return response
}

/** Changes the entities of a successful reply; `undefined` leaves an entity as it is. */
async function changeEntities(context: FaultContext, change: (entity: JsonObject) => JsonObject | undefined) {
  return changeText(context, (text) => {
    const reply = parseJson(text)
    if (isProblem(reply)) return undefined

    let isChanged = false
    const changeOne = (entity: JsonObject): JsonObject => {
      const changed = change(entity)
      isChanged ||= changed !== undefined
      return changed ?? entity
    }
    const { endpoint } = context.request
    const result = endpoint === undefined ? reply : mapEntities(endpoint, reply, changeOne)
    return isChanged ? JSON.stringify(result) : undefined
  })
}

const isProblem = (reply: unknown): boolean =>
  isJsonObject(reply) && Object.hasOwn(reply, 'detail') && Object.hasOwn(reply, 'code')
