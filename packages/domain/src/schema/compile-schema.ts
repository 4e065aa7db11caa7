import * as z from 'zod/mini'
import type { JsonType } from './json-type.ts'
import * as types from './json-type.ts'
import { type AnySchema, shapeOf, type TextLimit } from './schema.ts'

const compiled = /* @__PURE__ */ new WeakMap<AnySchema, JsonType>()

/** The type that a schema describes. The same schema always returns the same object. */
export function compileSchema(schema: AnySchema): JsonType {
  const type = compiled.get(schema) ?? compile(schema)
  compiled.set(schema, type)
  return type
}

interface Definition {
  readonly type: string
  readonly format?: string
  readonly innerType: AnySchema
  readonly element: AnySchema
  readonly valueType: AnySchema
  readonly entries: Readonly<Record<string, string>>
  readonly checks?: readonly { readonly _zod: { readonly def: CheckDefinition } }[]
}

interface CheckDefinition {
  readonly check: string
  readonly value?: number
  readonly minimum?: number
}

function compile(schema: AnySchema): JsonType {
  // zod declares only the members that all definitions have. `type` determines the other members.
  const def = schema._zod.def as unknown as Definition
  switch (def.type) {
    case 'optional':
      return types.optional(compileSchema(def.innerType))
    case 'nullable':
      return types.nullable(compileSchema(def.innerType))
    case 'object':
      return types.object(
        Object.fromEntries(Object.entries(shapeOf(schema)).map(([name, field]) => [name, compileSchema(field)])),
      )
    case 'array':
      return types.list(compileSchema(def.element), limitIn(def, 'min_length'))
    case 'record':
      return types.record(compileSchema(def.valueType))
    case 'enum':
      return types.oneOf(Object.values(def.entries))
    case 'number':
      return def.format === 'safeint'
        ? types.integer(limitIn(def, 'greater_than'), limitIn(def, 'less_than'))
        : types.number
    case 'string':
      return compileString(schema, def)
    case 'boolean':
      return types.boolean
    case 'unknown':
      return types.unknown
    default:
      throw new TypeError(`there is no JSON type for the schema type ${def.type}`)
  }
}

const limitIn = ({ checks = [] }: Definition, check: string): number | undefined => {
  const limit = checks.find(({ _zod }) => _zod.def.check === check)?._zod.def
  return limit?.value ?? limit?.minimum
}

function compileString(schema: AnySchema, { format }: Definition): JsonType {
  if (format === 'guid') return types.uuid
  if (format === 'datetime') return types.datetime
  const meta = z.globalRegistry.get(schema) ?? {}
  const values = meta['x-extensible-enum'] as readonly string[] | undefined
  if (values !== undefined) return types.openEnum(values)
  if (meta['format'] === 'date-time') return types.timestamp
  if (meta['pattern'] !== undefined) return types.url
  const { minLength, maxLength } = meta as TextLimit
  return types.text(minLength, maxLength)
}
