import { isJsonObject, type JsonObject } from '../schema/json.ts'
import type { JsonType } from '../schema/json-type.ts'
import { compiledEndpoint } from './compiled-contract.ts'
import type { EndpointId } from './contract.ts'

/**
 * The entities that a reply shows: the same objects, not copies. Undefined if the reply does not have the form of the
 * contract.
 */
export function entitiesIn(endpointId: EndpointId, reply: unknown): Record<string, unknown>[] | undefined {
  const { envelope } = compiledEndpoint(endpointId)
  const inner = envelope === 'items' || envelope === 'ticket' ? isJsonObject(reply) && reply[envelope] : reply
  const isList = envelope === 'items' || envelope === 'array'
  if (isList && !Array.isArray(inner)) return undefined

  const entities: readonly unknown[] = Array.isArray(inner) && isList ? inner : [inner]
  return entities.every(isJsonObject) ? [...entities] : undefined
}

/** The type of the entities that a reply shows. */
export function entityType(endpointId: EndpointId): JsonType | undefined {
  const { envelope = '', reply } = compiledEndpoint(endpointId)
  const inner = (reply?.kind === 'object' && reply.fields[envelope]) || reply
  return inner?.kind === 'list' ? inner.item : inner
}

/** The reply with each of its entities changed. A reply of another form stays as it is. */
export function mapEntities(
  endpointId: EndpointId,
  reply: unknown,
  change: (entity: JsonObject) => JsonObject,
): unknown {
  const { envelope } = compiledEndpoint(endpointId)
  const each = (entity: unknown): unknown => (isJsonObject(entity) ? change(entity) : entity)
  if (envelope === 'array') return Array.isArray(reply) ? reply.map(each) : reply
  if (envelope === undefined || !isJsonObject(reply)) return each(reply)

  const inner = Object.hasOwn(reply, envelope) ? reply[envelope] : undefined
  if (envelope === 'ticket') return inner === undefined ? reply : { ...reply, ticket: each(inner) }
  return Array.isArray(inner) ? { ...reply, items: inner.map(each) } : reply
}
