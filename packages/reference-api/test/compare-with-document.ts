import { type EndpointId, GENERATIONS, type Generation, isAvailable, replacementRoute } from '@ai-ticket-creator/domain'
import type { Response as Described, Header, JsonSchema, OpenApiDocument } from '@ai-ticket-creator/domain/openapi'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { documents, operationOf } from './wire-kinds.ts'

// Compares a reply with the OpenAPI document of its generation: status, headers and body.

const ajv = new Ajv2020({ strict: false, coerceTypes: false })
addFormats.default(ajv)
for (const generation of GENERATIONS) ajv.addSchema({ ...documents[generation] }, generation)

/** A reply with its request. */
export interface Answered {
  readonly generation: Generation
  /** Undefined for made-up paths and methods. */
  readonly endpointId: EndpointId | undefined
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** The ways in which a reply differs from the document; none for a valid one. */
export function faultsOf(answered: Answered): readonly string[] {
  const { status, generation, endpointId } = answered
  const responses = endpointId === undefined ? undefined : operationOf(endpointId, generation)?.responses
  if (responses === undefined) return faultsOutside(answered)

  const response = responses[status]
  if (response === undefined) return [`${status} is not documented`, answered.text]
  // Documented for all endpoints, but no request should cause it.
  if (status === 500) return ['a failure', answered.text]

  const described = follow<Described>(documents[generation], response)
  return [...faultsOfHeaders(answered, described), ...faultsOfBody(answered, described)]
}

// Routes that the generation does not have, and unknown paths.
function faultsOutside(answered: Answered): readonly string[] {
  const { generation, endpointId, status, text, headers } = answered
  const due = endpointId === undefined ? [307, 401, 404, 405] : isRetired(endpointId, generation) ? [410] : [404, 405]
  if (!due.includes(status)) return [`${status} where only ${due.join(', ')} can be`, text]
  if (status === 307) return headers.get('Location') === null ? ['a redirect to nowhere'] : []
  return faultsBySchema({ $ref: '#/components/schemas/Problem' }, generation, text)
}

const isRetired = (endpointId: EndpointId, generation: Generation): boolean =>
  replacementRoute(endpointId) !== undefined && !isAvailable(endpointId, generation)

function faultsOfBody({ status, text, headers, generation }: Answered, described: Described): readonly string[] {
  const schema = described.content?.['application/json'].schema
  if (schema === undefined) return text === '' ? [] : [`${status} has a body`]
  const type = headers.get('Content-Type')
  if (type !== 'application/json') return [`the body is ${type}`]

  // A strict reply is a current reply.
  const strict = headers.get('Preference-Applied') === 'handling=strict' && status < 300
  return [...faultsBySchema(schema, strict ? 'current' : generation, text), ...faultsOfCode(text, described)]
}

function faultsOfCode(text: string, { 'x-problem-codes': codes }: Described): readonly string[] {
  if (codes === undefined) return []
  // Checked against the schema of problems before.
  const { code } = JSON.parse(text) as { code: string }
  return codes.some((one) => one === code) ? [] : [`the code cannot be ${code}`]
}

const validators = new Map<string, ValidateFunction>()

function faultsBySchema(schema: JsonSchema, generation: Generation, text: string): readonly string[] {
  // Local references become references to the whole document.
  const absolute = JSON.stringify(schema).replaceAll('"#/', `"${generation}#/`)
  const validate = validators.get(absolute) ?? ajv.compile(JSON.parse(absolute) as JsonSchema)
  validators.set(absolute, validate)

  if (validate(JSON.parse(text))) return []
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}: ${text.slice(0, 500)}`)
}

function faultsOfHeaders({ headers, generation }: Answered, described: Described): readonly string[] {
  const document = documents[generation]
  const known = new Map(Object.entries(described.headers).map(([name, header]) => [name.toLowerCase(), header]))
  const missing = ['api-generation', 'api-capabilities', 'x-request-id'].filter((name) => !headers.has(name))
  return [
    ...missing.map((name) => `no header ${name}`),
    ...[...headers].flatMap(([name, value]) => {
      if (name === 'content-type') return []
      const reference = known.get(name)
      if (reference === undefined) return [`the header ${name} is not documented`]

      const { schema } = follow<Header>(document, reference)
      const typed = schema.type === 'integer' ? Number(value) : value
      return ajv.validate(schema, typed) ? [] : [`the header ${name} cannot be ${value}`]
    }),
  ]
}

/** Resolves a reference. */
function follow<T extends object>(document: OpenApiDocument, value: T | { readonly $ref: string }): T {
  if (!('$ref' in value)) return value
  const steps = value.$ref.slice('#/'.length).split('/')
  // A document is plain JSON, and the target of a reference has the type that is expected in its place.
  return steps.reduce<unknown>((inner, step) => (inner as Record<string, unknown>)[step], document) as T
}
