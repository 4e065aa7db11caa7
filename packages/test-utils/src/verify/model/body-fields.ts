import { ENDPOINT_IDS, type EndpointId, endpointOf, type JsonObject } from '@ai-ticket-creator/domain'
import { fieldsOf, isJsonObject } from '@ai-ticket-creator/domain/internal'
import { openApiDocument } from '@ai-ticket-creator/domain/openapi'

/** A field of a request body, as the OpenAPI document describes it. */
export interface Field {
  readonly endpoint: EndpointId
  readonly name: string
  /** The schema of its values other than null. */
  readonly schema: JsonObject
  readonly nullable: boolean
}

let fields: readonly Field[] | undefined

/** The fields of all request bodies. They are read once: the document takes milliseconds, and cases ask for them per request. */
export function bodyFields(): readonly Field[] {
  fields ??= readBodyFields()
  return fields
}

function readBodyFields(): readonly Field[] {
  const document: unknown = openApiDocument({ generation: 'current' })
  const operations = Object.values(objectAt(document, 'paths')).flatMap((path) => Object.values(objectAt(path)))
  return ENDPOINT_IDS.flatMap((endpoint) => {
    const operation = operations.find((one) => isJsonObject(one) && one['operationId'] === endpoint)
    const content = objectAt(operation, 'requestBody', 'content', 'application/json', 'schema')
    const schema = resolveReferences(document, content)
    const { body } = endpointOf(endpoint)
    // The document also lists read-only reply fields, which an update may send back.
    const accepted = body === undefined ? [] : fieldsOf(body)
    return Object.entries(objectAt(schema, 'properties'))
      .filter(([name]) => accepted.includes(name))
      .map(([name, property]) => toField(endpoint, name, resolveReferences(document, objectAt(property))))
  })
}

function toField(endpoint: EndpointId, name: string, schema: JsonObject): Field {
  const { anyOf, type } = schema
  const variants = Array.isArray(anyOf) ? anyOf.filter(isJsonObject) : [schema]
  const types = variants.flatMap((one) => one['type'])
  const nonNull = variants.find((one) => one['type'] !== 'null') ?? schema
  const nullable = types.includes('null') || (Array.isArray(type) && type.includes('null'))
  return { endpoint, name, schema: nonNull, nullable }
}

function resolveReferences(document: unknown, schema: JsonObject): JsonObject {
  const { $ref: reference, items, anyOf } = schema
  if (typeof reference === 'string')
    return resolveReferences(document, objectAt(document, ...reference.replace('#/', '').split('/')))
  return {
    ...schema,
    ...(isJsonObject(items) && { items: resolveReferences(document, items) }),
    ...(Array.isArray(anyOf) && {
      anyOf: anyOf.filter(isJsonObject).map((variant) => resolveReferences(document, variant)),
    }),
  }
}

function objectAt(value: unknown, ...path: readonly string[]): JsonObject {
  const found = path.reduce<unknown>((inner, key) => (isJsonObject(inner) ? inner[key] : undefined), value)
  return isJsonObject(found) ? found : {}
}
