import { type AnySchema, shapeOf } from '../schema/schema.ts'
import type { Endpoint } from './endpoint.ts'

/** The schema of the entities in a reply with this schema. */
export function entitySchema(reply: AnySchema, envelope: Endpoint['envelope']): AnySchema {
  const inner = envelope === undefined || envelope === 'array' ? reply : (shapeOf(reply)[envelope] ?? reply)
  // The definition's type is the base of all kinds; only lists have an element.
  const { element } = inner._zod.def as { element?: AnySchema }
  return envelope === undefined || element === undefined ? inner : element
}
