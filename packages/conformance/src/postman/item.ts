import { type EndpointId, endpointOf, type Generation, isAvailable } from '@ai-ticket-creator/domain'
import { paramNames } from '@ai-ticket-creator/domain/internal'
import {
  exampleReferences,
  type JsonSchema,
  type OpenApiDocument,
  type Operation,
  openApiDocument,
  type Parameter,
} from '@ai-ticket-creator/domain/openapi'
import * as script from './scripts.ts'
import { createsEntity, resourceOf, type Step } from './steps.ts'

interface Context {
  readonly generation: Generation
  readonly document: OpenApiDocument
}

// Endpoints and examples that a current backend refuses are only in the transitional document.
const transitional = openApiDocument({ generation: 'transitional' })
const current = openApiDocument({ generation: 'current' })

/** A step as a request of a collection, with checks of the response. */
export function toItem(step: Step, { generation, document }: Context) {
  const { id } = step
  const described = isAvailable(id, generation) ? document : transitional
  const operation = operationIn(described, id)
  const body = bodyOf(step, described)
  return {
    name: nameOf(step),
    event: eventsOf(step, document),
    request: {
      ...(step.anonymous === true && { auth: { type: 'noauth' } }),
      method: endpointOf(id).method,
      header: [
        ...(body === undefined ? [] : [{ key: 'Content-Type', value: 'application/json' }]),
        ...headersOf(described, operation, step),
      ],
      ...(body !== undefined && {
        body: { mode: 'raw', raw: withVariables(body), options: { raw: { language: 'json' } } },
      }),
      url: toUrl(described, operation, step),
      ...(operation.description !== undefined && { description: operation.description }),
    },
  }
}

function nameOf({ id, note, deprecated, strict, refusal }: Step): string {
  const notes = [
    ...(note === undefined ? [] : [note]),
    ...(deprecated === true ? ['deprecated'] : []),
    ...(strict === true ? ['strict'] : []),
    ...(refusal === undefined ? [] : [`status ${refusal.status}`]),
  ]
  const { summary } = endpointOf(id)
  return notes.length === 0 ? summary : `${summary} (${notes.join(', ')})`
}

function eventsOf({ id, refusal, deprecated = false, strict = false }: Step, document: OpenApiDocument) {
  const checksOfPreference = strict ? [script.checkStrict] : []
  if (refusal !== undefined) return [script.testScript([...script.checkRefusal(refusal), ...checksOfPreference])]

  // The reply to a strict request is that of the current generation.
  const expected = strict ? current : document
  const { status } = endpointOf(id)
  const response = operationIn(expected, id).responses[status]
  const content = response !== undefined && 'content' in response ? response.content : undefined
  const test = script.testScript([
    script.checkStatus(status),
    ...script.checkFields(content?.['application/json'].schema, { expected, transitional }),
    script.checkDeprecation(deprecated),
    ...script.setVariables(variablesFrom(id)),
    ...checksOfPreference,
  ])
  return id === 'integrations.create' ? [script.setFreshName, test] : [test]
}

/** The variables that later requests need: name → the value as an expression over the reply. */
function variablesFrom(id: EndpointId): Readonly<Record<string, string>> {
  if (!createsEntity(id)) return {}
  const { envelope } = endpointOf(id)
  const entity = envelope === undefined ? 'reply' : `reply.${envelope}`
  return resourceOf(id) === 'integrations'
    ? { integration_id: `${entity}.id` }
    : { ticket_id: `${entity}.id`, user_id: `${entity}.creator.id` }
}

function operationIn({ paths }: OpenApiDocument, id: EndpointId): Operation {
  const { path, method } = endpointOf(id)
  // The keys of a path item are the methods of its endpoints, in lower case.
  const operation = paths[path]?.[method.toLowerCase() as 'get']
  if (operation === undefined) throw new Error(`${id} is in no OpenAPI document`)
  return operation
}

function bodyOf({ id, example = 'minimal' }: Step, document: OpenApiDocument): unknown {
  const { requestBody } = operationIn(example === 'minimal' ? document : transitional, id)
  return requestBody?.content['application/json'].examples?.[example]?.value
}

function withVariables(example: unknown): string {
  const references = new Map<unknown, string>(
    Object.entries(exampleReferences).map(([name, value]) => [value, `{{${name}}}`]),
  )
  return JSON.stringify(example, (_, value: unknown) => references.get(value) ?? value, 2)
}

const headerValues: Readonly<Record<string, string>> = {
  'X-Client': '{{client}}',
  'X-Request-Id': '{{$guid}}',
  Prefer: 'handling=strict',
  'Idempotency-Key': '{{$guid}}',
  'If-Match': '{{etag}}',
}

function headersOf({ components }: OpenApiDocument, { parameters }: Operation, { strict = false }: Step) {
  const sent = ['X-Client', ...(strict ? ['Prefer'] : [])]
  return parameters.flatMap((parameter) => {
    const header = '$ref' in parameter ? components.parameters[parameter.$ref.split('/').at(-1) ?? ''] : undefined
    if (header === undefined) return []
    const { name, description } = header
    return [
      { key: name, value: headerValues[name] ?? '', description, ...(!sent.includes(name) && { disabled: true }) },
    ]
  })
}

function toUrl({ servers }: OpenApiDocument, { parameters }: Operation, { id, values = {} }: Step) {
  const path = `${servers[0]?.url}${endpointOf(id).path.replaceAll(/\{(\w+)\}/g, ':$1')}`
  const variable = paramNames(endpointOf(id).path).map((key) => ({ key, value: values[key] ?? `{{${key}}}` }))
  const query = parameters.filter(
    (parameter): parameter is Parameter => !('$ref' in parameter) && parameter.in === 'query',
  )
  return {
    raw: `{{baseUrl}}${path}`,
    host: ['{{baseUrl}}'],
    path: path.split('/').slice(1),
    ...(query.length > 0 && { query: query.map(toQuery) }),
    ...(variable.length > 0 && { variable }),
  }
}

const toQuery = ({ name, description, schema }: Parameter) => ({
  key: name,
  value: exampleOf(name, schema),
  ...(description !== undefined && { description }),
  disabled: true,
})

/** A value that the parameter accepts. */
function exampleOf(name: string, { type, enum: values, format, minimum, items }: JsonSchema): string {
  if (items !== undefined) return exampleOf(name, items)
  if (values !== undefined) return String(values[0])
  if (format === 'uuid') return `{{${name === 'integration_id' ? name : 'user_id'}}}`
  if (format === 'date-time') return '2025-09-06T12:00:00Z'
  if (type === 'boolean') return 'true'
  return type === 'integer' ? JSON.stringify(minimum ?? 1) : ''
}
