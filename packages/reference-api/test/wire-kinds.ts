import { type EndpointId, endpointOf, type Generation } from '@ai-ticket-creator/domain'
import {
  type JsonSchema,
  type OpenApiDocument,
  type Operation,
  openApiDocument,
} from '@ai-ticket-creator/domain/openapi'

// The possible values of request fields, from the OpenAPI documents, so that a test covers every field.

/** The kind of a value. A kind that is not in this list cannot be tested and is an error. */
export type Kind =
  | { readonly kind: 'boolean' }
  | { readonly kind: 'integer'; readonly min: number | undefined; readonly max: number | undefined }
  | { readonly kind: 'text'; readonly min: number; readonly max: number | undefined; readonly web: boolean }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'uuid' }
  | { readonly kind: 'time' }
  | { readonly kind: 'list'; readonly of: Kind; readonly min: number }
  | { readonly kind: 'object'; readonly of: Kind | undefined }
  | { readonly kind: 'shape'; readonly fields: readonly Field[] }

/** A field of a body or a query. */
export interface Field {
  readonly name: string
  readonly kind: Kind
  readonly nullable: boolean
  readonly required: boolean
  /** A deprecated name, in transitional. */
  readonly old: boolean
}

export const documents: Readonly<Record<Generation, OpenApiDocument>> = {
  legacy: openApiDocument({ generation: 'legacy' }),
  transitional: openApiDocument({ generation: 'transitional' }),
  current: openApiDocument({ generation: 'current' }),
}

/** The operation of an endpoint in a generation; undefined where it does not exist. */
export function operationOf(endpointId: EndpointId, generation: Generation): Operation | undefined {
  const { path, method } = endpointOf(endpointId)
  const operations: Readonly<Record<string, Operation>> = documents[generation].paths[path] ?? {}
  return operations[method.toLowerCase()]
}

/** The fields of a body or a query; undefined without such a part. */
export function fieldsOf(
  endpointId: EndpointId,
  part: 'body' | 'query',
  generation: Generation,
): readonly Field[] | undefined {
  const operation = operationOf(endpointId, generation)
  if (part === 'body') {
    const schema = operation?.requestBody?.content['application/json'].schema
    return schema === undefined ? undefined : fieldsOfShape(schema, generation)
  }
  const query = operation?.parameters.flatMap((one) => ('in' in one && one.in === 'query' ? [one] : [])) ?? []
  if (query.length === 0) return undefined
  return query.map(({ name, schema, required = false, deprecated = false }) => ({
    ...toField(name, schema, generation),
    required,
    old: deprecated,
  }))
}

function fieldsOfShape(schema: JsonSchema, generation: Generation): readonly Field[] {
  const { properties = {}, required = [] } = resolve(schema, generation)
  return Object.entries(properties)
    .filter(([, { readOnly }]) => readOnly !== true)
    .map(([name, property]) => ({
      ...toField(name, property, generation),
      required: required.includes(name),
      old: property.deprecated === true,
    }))
}

function toField(name: string, schema: JsonSchema, generation: Generation): Pick<Field, 'name' | 'kind' | 'nullable'> {
  const plain = without(resolve(schema, generation), 'description', 'deprecated', 'default')
  const { type, anyOf } = plain
  if (anyOf !== undefined && Object.keys(plain).length === 1) {
    const [one, none] = anyOf
    if (anyOf.length === 2 && one !== undefined && none?.type === 'null')
      return { name, kind: toKind(one, generation), nullable: true }
  }
  if (Array.isArray(type) && type.length === 2 && type[1] === 'null')
    return { name, kind: toKind({ ...plain, type: String(type[0]) }, generation), nullable: true }
  return { name, kind: toKind(plain, generation), nullable: false }
}

function toKind(schema: JsonSchema, generation: Generation): Kind {
  const plain = without(resolve(schema, generation), 'description', 'deprecated', 'default')
  const { type, format, minLength, maxLength, minimum, maximum, minItems, items, pattern, additionalProperties } = plain
  const only = (...keywords: string[]): boolean =>
    Object.keys(plain).every((keyword) => keyword === 'type' || keywords.includes(keyword))

  if (type === 'boolean' && only()) return { kind: 'boolean' }
  if (type === 'integer' && only('minimum', 'maximum')) return { kind: 'integer', min: num(minimum), max: num(maximum) }
  if (type === 'string' && plain.enum !== undefined && only('enum'))
    return { kind: 'enum', values: plain.enum.map(String) }
  if (type === 'string' && format === 'uuid' && only('format')) return { kind: 'uuid' }
  if (type === 'string' && format === 'date-time' && only('format')) return { kind: 'time' }
  if (type === 'string' && only('minLength', 'maxLength', 'pattern') && [undefined, WEB].includes(pattern as string))
    return { kind: 'text', min: num(minLength) ?? 0, max: num(maxLength), web: pattern === WEB }
  if (type === 'array' && items !== undefined && only('items', 'minItems'))
    return { kind: 'list', of: toKind(items, generation), min: num(minItems) ?? 0 }
  if (type === 'object' && typeof additionalProperties === 'object' && only('additionalProperties')) {
    const free = Object.keys(additionalProperties).length === 0
    return { kind: 'object', of: free ? undefined : toKind(additionalProperties, generation) }
  }
  if (type === 'object' && only('properties', 'required'))
    return { kind: 'shape', fields: fieldsOfShape(plain, generation) }
  throw new Error(`no test values for the schema ${JSON.stringify(schema)}`)
}

const WEB = '^\\s*[hH][tT][tT][pP][sS]?://[^\\s/?#@:][^\\s/?#@]*([/?#]\\S*)?\\s*$'
const num = (value: unknown): number | undefined => (value === undefined ? undefined : Number(value))

/** The target of a reference, merged with the keywords next to it. */
function resolve(schema: JsonSchema, generation: Generation): JsonSchema {
  if (schema.$ref === undefined) return schema
  const name = schema.$ref.replace('#/components/schemas/', '')
  const found = documents[generation].components.schemas[name]
  if (found === undefined) throw new Error(`${schema.$ref} leads nowhere`)
  return resolve({ ...found, ...without(schema, '$ref') }, generation)
}

const without = (schema: JsonSchema, ...keywords: string[]): JsonSchema =>
  Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keywords.includes(keyword)))
