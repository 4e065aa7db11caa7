import { ENDPOINT_IDS, type EndpointId, endpointOf, type JsonObject } from '@ai-ticket-creator/domain'
import { fieldsOf, isJsonObject } from '@ai-ticket-creator/domain/internal'
import { openApiDocument } from '@ai-ticket-creator/domain/openapi'

/** A field of a body, as the documents of the API describe it. */
export interface Field {
  readonly endpoint: EndpointId
  readonly name: string
  /** The schema of its value, null aside. */
  readonly schema: JsonObject
  readonly nullable: boolean
}

/** The fields of all bodies. */
export function bodyFields(): readonly Field[] {
  const document: unknown = openApiDocument({ generation: 'current' })
  const bodies = at(document, 'paths')
  return ENDPOINT_IDS.flatMap((endpoint) => {
    const operation = Object.values(bodies)
      .flatMap((path) => Object.values(at(path)))
      .find((one) => isJsonObject(one) && one['operationId'] === endpoint)
    const schema = resolve(document, at(operation, 'requestBody', 'content', 'application/json', 'schema'))
    const { body } = endpointOf(endpoint)
    // A reply may be sent back: what only stands there for that is none of the body's own fields.
    const own = body === undefined ? [] : fieldsOf(body)
    return Object.entries(at(schema, 'properties'))
      .filter(([name]) => own.includes(name))
      .map(([name, described]) => toField(endpoint, name, resolve(document, at(described))))
  })
}

function toField(endpoint: EndpointId, name: string, schema: JsonObject): Field {
  const { anyOf, type } = schema
  const variants = Array.isArray(anyOf) ? anyOf.filter(isJsonObject) : [schema]
  const types = variants.flatMap((one) => one['type'])
  const own = variants.find((one) => one['type'] !== 'null') ?? schema
  const nullable = types.includes('null') || (Array.isArray(type) && type.includes('null'))
  return { endpoint, name, schema: own, nullable }
}

/** A schema without references, nor its items with any. */
function resolve(document: unknown, schema: JsonObject): JsonObject {
  const { $ref: reference, items, anyOf } = schema
  if (typeof reference === 'string') return resolve(document, at(document, ...reference.replace('#/', '').split('/')))
  return {
    ...schema,
    ...(isJsonObject(items) && { items: resolve(document, items) }),
    ...(Array.isArray(anyOf) && { anyOf: anyOf.filter(isJsonObject).map((one) => resolve(document, one)) }),
  }
}

function at(value: unknown, ...path: readonly string[]): JsonObject {
  const found = path.reduce<unknown>((inner, key) => (isJsonObject(inner) ? inner[key] : undefined), value)
  return isJsonObject(found) ? found : {}
}
