import { isJsonObject, type JsonObject } from '../schema/json.ts'
import { type AnySchema, shapeOf } from '../schema/schema.ts'
import { type EndpointId, endpointOf } from './contract.ts'
import type { Endpoint } from './endpoint.ts'

/**
 * The entities that a reply shows: its own objects, not copies. Undefined if the reply does not have the form of the
 * contract.
 */
export function entitiesIn(endpointId: EndpointId, reply: unknown): Record<string, unknown>[] | undefined {
  const { envelope } = endpointOf(endpointId)
  const inner = envelope === 'items' || envelope === 'ticket' ? isJsonObject(reply) && reply[envelope] : reply
  const isList = envelope === 'items' || envelope === 'array'
  if (isList && !Array.isArray(inner)) return undefined

  const entities: readonly unknown[] = Array.isArray(inner) && isList ? inner : [inner]
  return entities.every(isJsonObject) ? [...entities] : undefined
}

/** The reply with each of its entities changed. A reply of another form stays as it is. */
export function mapEntities(
  endpointId: EndpointId,
  reply: unknown,
  change: (entity: JsonObject) => JsonObject,
): unknown {
  const { envelope } = endpointOf(endpointId)
  const each = (entity: unknown): unknown => (isJsonObject(entity) ? change(entity) : entity)
  if (envelope === 'array') return Array.isArray(reply) ? reply.map(each) : reply
  if (envelope === undefined || !isJsonObject(reply)) return each(reply)

  const inner = Object.hasOwn(reply, envelope) ? reply[envelope] : undefined
  if (envelope === 'ticket') return inner === undefined ? reply : { ...reply, ticket: each(inner) }
  return Array.isArray(inner) ? { ...reply, items: inner.map(each) } : reply
}

/** The schema of the entities in a reply with this schema. */
export function entitySchema(reply: AnySchema, envelope: Endpoint['envelope']): AnySchema {
  const inner = envelope === undefined || envelope === 'array' ? reply : (shapeOf(reply)[envelope] ?? reply)
  // The definition's type is the base of all kinds; only lists have an element.
  const { element } = inner._zod.def as { element?: AnySchema }
  return envelope === undefined || element === undefined ? inner : element
}
