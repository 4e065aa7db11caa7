// docs/postman: a collection for each generation, in its words, and an environment. Everything is read from the OpenAPI
// documents, which come from the contract. A folder runs from top to bottom, alone or with the others, and leaves no row.
import { createHash } from 'node:crypto'
import { endpointOf, GENERATIONS, isAvailable } from '@ai-ticket-creator/domain'
import { paramNames } from '@ai-ticket-creator/domain/internal'
import { exampleReferences, openApiDocument } from '@ai-ticket-creator/domain/openapi'
import { jsonDocument } from './json.mjs'
import * as script from './postman-scripts.mjs'
import { createOf, deleteOf, foldersOf, makesRow, resourceOf } from './postman-steps.mjs'

export const postmanDocuments = [
  ...GENERATIONS.map((generation) =>
    jsonDocument(`docs/postman/${generation}.postman_collection.json`, () => toCollection(generation)),
  ),
  jsonDocument('docs/postman/local.postman_environment.json', toEnvironment),
]

// What current refuses is in no document of its own, and one spelling beside the other only here.
const transitional = openApiDocument({ generation: 'transitional' })
const current = openApiDocument({ generation: 'current' })

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json'

function toCollection(generation) {
  const document = openApiDocument({ generation })
  const name = `${document.info.title}: ${generation}`
  return {
    info: { _postman_id: uuidOf(name), name, description: aboutCollection(document), schema: SCHEMA },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
    event: [script.test(script.speaks(generation))],
    variable: Object.entries(variables).map(([key, value]) => ({ key, value })),
    item: foldersOf(generation).map((folder) => toFolder(folder, { generation, document })),
  }
}

const aboutCollection = ({ info }) =>
  [
    info.description,
    'Choose an environment that has `baseUrl` (where the service lives, without `/api/v1`) and `token`. Each folder runs from top to bottom: it makes its own rows, keeps their ids in variables, and deletes them. Query parameters and headers that may be sent are there, switched off.',
    'Made from the contract: change that, not this file.',
  ].join('\n\n')

// Requests fill these in for one another. A file has to be there already: its API is another one.
const variables = {
  client: 'postman',
  etag: '',
  ...Object.fromEntries(Object.keys(exampleReferences).map((name) => [name, ''])),
  file_id: exampleReferences.file_id,
  ticket_id: '',
}

function toEnvironment() {
  const name = 'AI Ticket Creator API: local'
  return {
    id: uuidOf(name),
    name,
    values: [
      { key: 'baseUrl', value: 'http://localhost:3000', type: 'default', enabled: true },
      { key: 'token', value: '', type: 'secret', enabled: true },
    ],
    _postman_variable_scope: 'environment',
  }
}

/** The same on each day and machine, so that importing again replaces what was imported before. */
function uuidOf(name) {
  const hash = createHash('sha256').update(name).digest('hex')
  return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-5$3-a$4-$5')
}

function toFolder({ name, steps }, context) {
  return { name, item: steps.map((step, index) => toItem(step, { ...context, place: `${name} ${index + 1}` })) }
}

function toItem(step, { generation, document, place }) {
  const { id } = step
  const described = isAvailable(id, generation) ? document : transitional
  const operation = operationIn(described, id)
  const body = bodyOf(step, described)

  return {
    id: uuidOf(`${document.info.title} ${generation} ${place}`),
    name: nameOf(step),
    event: eventsOf(step, document),
    request: {
      ...(step.anonymous && { auth: { type: 'noauth' } }),
      method: endpointOf(id).method,
      header: [...contentType(body), ...headersIn(described, operation, step)],
      ...(body !== undefined && { body: toBody(body) }),
      url: toUrl(described, id, operation, step.values),
      ...(operation.description !== undefined && { description: operation.description }),
    },
  }
}

function nameOf({ id, what, old, strict, status }) {
  const marks = [what, old && 'deprecated', strict && 'strict', status && `answers ${status}`].filter(Boolean)
  const { summary } = endpointOf(id)
  return marks.length === 0 ? summary : `${summary} (${marks.join(', ')})`
}

const bodyOf = ({ id, example = 'minimal' }, document) =>
  examplesIn(example === 'minimal' ? document : transitional, id)[example]?.value

function eventsOf(step, document) {
  const { id, status, code, issue, old, strict } = step
  const preference = strict ? script.prefers : []
  if (status !== undefined) return [script.test([...script.refuses({ status, code, issue }), ...preference])]

  // A strict call is answered as current answers.
  const own = strict ? current : document
  const { status: success } = endpointOf(id)
  const schema = operationIn(own, id).responses[success].content?.['application/json'].schema
  const tests = script.test([
    ...script.answers(success),
    ...script.fieldsOf(schema, { own, both: transitional }),
    ...script.announces(old === true),
    ...script.keeps(keptOf(id)),
    ...preference,
  ])
  return id === createOf('integrations') ? [script.beforehand(script.freshName), tests] : [tests]
}

/** What later requests need of a reply: variable → where it is. */
function keptOf(id) {
  if (!makesRow(id)) return {}
  const [param] = paramNames(endpointOf(deleteOf(resourceOf(id))).path)
  const { envelope } = endpointOf(id)
  const row = envelope === undefined ? 'reply' : `reply.${envelope}`
  return { [param]: `${row}.id`, ...(resourceOf(id) === 'tickets' && { user_id: `${row}.creator.id` }) }
}

function operationIn({ paths }, id) {
  const { path, method } = endpointOf(id)
  return paths[path][method.toLowerCase()]
}

const examplesIn = (document, id) => operationIn(document, id).requestBody?.content['application/json'].examples ?? {}

const contentType = (body) => (body === undefined ? [] : [{ key: 'Content-Type', value: 'application/json' }])

const headerValues = {
  'X-Client': '{{client}}',
  'X-Request-Id': '{{$guid}}',
  Prefer: 'handling=strict',
  'Idempotency-Key': '{{$guid}}',
  'If-Match': '{{etag}}',
}

function headersIn({ components }, { parameters }, { strict }) {
  const headers = parameters.flatMap(({ $ref }) =>
    $ref === undefined ? [] : [components.parameters[$ref.split('/')[3]]],
  )
  const sent = ['X-Client', ...(strict ? ['Prefer'] : [])]
  return headers.map(({ name, description }) => ({
    key: name,
    value: headerValues[name] ?? '',
    description,
    ...(!sent.includes(name) && { disabled: true }),
  }))
}

function toBody(example) {
  const raw = JSON.stringify(example, (_, value) => placeholders.get(value) ?? value, 2)
  return { mode: 'raw', raw, options: { raw: { language: 'json' } } }
}

const placeholders = new Map(Object.entries(exampleReferences).map(([name, value]) => [value, `{{${name}}}`]))

function toUrl({ servers: [server] }, id, { parameters }, values = {}) {
  const path = `${server.url}${endpointOf(id).path.replaceAll(/\{(\w+)\}/g, ':$1')}`
  const names = paramNames(endpointOf(id).path)
  const query = parameters.filter((parameter) => parameter.in === 'query').map(toQuery)
  return {
    raw: `{{baseUrl}}${path}`,
    host: ['{{baseUrl}}'],
    path: path.split('/').slice(1),
    ...(query.length > 0 && { query }),
    ...(names.length > 0 && { variable: names.map((key) => ({ key, value: values[key] ?? `{{${key}}}` })) }),
  }
}

const toQuery = ({ name, description, schema }) => ({
  key: name,
  value: exampleOf(name, schema),
  ...(description !== undefined && { description }),
  disabled: true,
})

/** A value that the parameter takes, to start from. */
function exampleOf(name, schema) {
  const { type, enum: words, format, minimum, items } = schema
  if (items !== undefined) return exampleOf(name, items)
  if (words !== undefined) return String(words[0])
  if (format === 'uuid') return `{{${name === 'integration_id' ? name : 'user_id'}}}`
  if (format === 'date-time') return '2025-09-06T12:00:00Z'
  if (type === 'boolean') return 'true'
  return type === 'integer' ? String(minimum ?? 1) : ''
}
