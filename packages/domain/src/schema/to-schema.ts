import * as z from 'zod/mini'
import type { JsonType } from './json-type.ts'
import type { AnySchema } from './schema.ts'
import * as schemas from './schema.ts'

/** The schema of a type: the inverse of `compileSchema`. `known`: types that already have a schema. */
export function toSchema(type: JsonType, known: ReadonlyMap<JsonType, AnySchema>): AnySchema {
  const inner = (part: JsonType): AnySchema => toSchema(part, known)
  const schema = known.get(type)
  if (schema !== undefined) return schema

  switch (type.kind) {
    case 'unknown':
      return z.unknown()
    case 'boolean':
      return z.boolean()
    case 'number':
      return z.number()
    case 'uuid':
      return schemas.uuid()
    case 'datetime':
      return schemas.dateTime()
    case 'timestamp':
      return schemas.timestamp()
    case 'url':
      return schemas.webAddress()
    case 'text':
      return schemas.text({ min: type.min > 0 ? 1 : 0, ...(Number.isFinite(type.max) && { max: type.max }) })
    case 'integer':
      return schemas.integer({
        ...(Number.isFinite(type.min) && { min: type.min }),
        ...(Number.isFinite(type.max) && { max: type.max }),
      })
    case 'enum':
      return z.enum(type.values)
    case 'openEnum':
      return schemas.openEnum(type.values)
    case 'list':
      return type.min > 0 ? z.array(inner(type.item)).check(z.minLength(type.min)) : z.array(inner(type.item))
    case 'record':
      return z.record(z.string(), inner(type.item))
    case 'optional':
      return z.optional(inner(type.inner))
    case 'nullable':
      return z.nullable(inner(type.inner))
    case 'object':
      return z.object(Object.fromEntries(Object.entries(type.fields).map(([name, field]) => [name, inner(field)])))
  }
}
