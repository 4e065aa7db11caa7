import { type AnySchema, shapeOf } from '../schema/schema.ts'
import type { Endpoint } from './endpoint.ts'

/** The entity of a reply, out of its envelope. */

export function entityOf(reply: AnySchema, envelope: Endpoint['envelope']): AnySchema {
  const inner = envelope === undefined || envelope === 'array' ? reply : (shapeOf(reply)[envelope] ?? reply)
  // The definition's type is the base of all kinds; only lists have an element.
  const { element } = inner._zod.def as { element?: AnySchema }
  return envelope === undefined || element === undefined ? inner : element
}
