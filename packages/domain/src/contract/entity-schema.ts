import { type AnySchema, shapeOf } from '../schema/schema.ts'
import type { Endpoint } from './endpoint.ts'

/** The schema of the entities in a reply. */
export function entitySchema(reply: AnySchema, envelope: Endpoint['envelope']): AnySchema {
  const inner = envelope === undefined || envelope === 'array' ? reply : (shapeOf(reply)[envelope] ?? reply)
  // zod declares only the members that all definitions have. The definition of a list also has `element`.
  const { element } = inner._zod.def as { element?: AnySchema }
  return envelope === undefined || element === undefined ? inner : element
}
