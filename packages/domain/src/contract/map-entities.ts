import { isJsonObject, type JsonObject } from '../schema/json.ts'
import type { Endpoint } from './endpoint.ts'

export function mapEntities(
  { envelope }: Pick<Endpoint, 'envelope'>,
  reply: unknown,
  one: (entity: JsonObject) => JsonObject,
): unknown {
  const each = (entity: unknown): unknown => (isJsonObject(entity) ? one(entity) : entity)
  if (envelope === 'array') return Array.isArray(reply) ? reply.map(each) : reply
  if (envelope === undefined || !isJsonObject(reply)) return each(reply)

  const inner = Object.hasOwn(reply, envelope) ? reply[envelope] : undefined
  if (envelope === 'ticket') return inner === undefined ? reply : { ...reply, ticket: each(inner) }
  return Array.isArray(inner) ? { ...reply, items: inner.map(each) } : reply
}
