import { categoryOf, credentialKeys, type EndpointId, type JsonObject, PLATFORMS } from '@ai-ticket-creator/domain'
import { isJsonObject, sameJson } from '@ai-ticket-creator/domain/internal'
import * as fc from 'fast-check'
import { bodyFields, type Field } from '../model/body-fields.ts'
import type { ContractCase, Fault, Step } from '../model/case.ts'
import type { CaseRequest } from '../model/case-request.ts'
import { describe, describeShown } from '../model/describe.ts'
import { entitiesOf, type Reply } from '../model/observed-reply.ts'
import { credentialsOf } from '../model/request-bodies.ts'
import { SOURCES } from '../model/spec-references.ts'
import { lineOf, rowOf } from './sample-requests.ts'

const WRITING = [
  'integrations.create',
  'integrations.update',
  'tickets.create',
  'tickets.replace',
  'tickets.update',
] as const

/** Values of these follow rules of their own, and have cases of their own. */
const APART = [
  'name',
  'title',
  'platform_name',
  'integration_category',
  'auth_type',
  'credentials',
  'status',
  'integration_id',
  'assigned_to_id',
  'create_externally',
]

const BODIES = 4

const idOf = (endpoint: EndpointId): string => `${endpoint}/generated`

/** The ids of the cases below, whatever the seed. */
export const GENERATED: readonly string[] = WRITING.map(idOf)

/** Bodies that nobody thought of: whatever the documents allow is stored, and shown as it was sent. */
export const generated = (seed: number): readonly ContractCase[] =>
  WRITING.map((endpoint, place): ContractCase => {
    const bodies = fc.sample(bodyOf(endpoint), { seed: (seed + place) | 0, numRuns: BODIES })
    return {
      id: idOf(endpoint),
      title: `Whatever ${lineOf(endpoint)} is sent within its limits is stored, and shown as it was sent`,
      endpoint,
      source: SOURCES.fields,
      given: rowOf(endpoint),
      request: ({ tag }) => bodies.map((body) => ({ endpoint, body: completed(endpoint, tag, body) })),
      expect: { holds: showsWhatWasSent },
      next: [readBack(endpoint)],
    }
  })

const plain = (value: unknown): JsonObject => {
  // What JSON makes of it is what is sent: it knows no -0 and no undefined.
  const json: unknown = JSON.parse(JSON.stringify(value))
  return isJsonObject(json) ? json : {}
}

function bodyOf(endpoint: EndpointId): fc.Arbitrary<JsonObject> {
  const fields = bodyFields().filter((field) => field.endpoint === endpoint && !APART.includes(field.name))
  const values = Object.fromEntries(fields.map((field) => [field.name, valuesOf(field)]))
  const partial = fc.record(values, { requiredKeys: endpoint === 'tickets.create' ? ['description'] : [] }).map(plain)
  if (endpoint !== 'integrations.create') return partial
  return fc.tuple(partial, fc.constantFrom(...PLATFORMS)).map(([body, platform_name]) => ({ ...body, platform_name }))
}

/** What has to be there, and begin with our own text. */
function completed(endpoint: EndpointId, tag: string, body: JsonObject): JsonObject {
  if (endpoint === 'tickets.create') return { title: tag, ...body }
  if (endpoint === 'tickets.update') return { description: `${tag} is described`, ...body }
  if (endpoint !== 'integrations.create') return body
  const platform = PLATFORMS.find((one) => one === body['platform_name']) ?? 'jira'
  const needsKeys = credentialKeys(platform, 'api_key').length > 0
  return {
    name: tag,
    integration_category: categoryOf(platform),
    ...body,
    ...(needsKeys && { credentials: credentialsOf(tag, platform) }),
  }
}

function valuesOf({ schema, nullable }: Field): fc.Arbitrary<unknown> {
  const value = ofSchema(schema)
  return nullable ? fc.option(value, { nil: null, freq: 4 }) : value
}

function ofSchema(schema: JsonObject): fc.Arbitrary<unknown> {
  const { type, enum: words, format, pattern, minimum, maximum, items } = schema
  if (Array.isArray(words)) return fc.constantFrom(...(words as readonly unknown[]))
  if (format === 'uuid' || (typeof pattern === 'string' && pattern.includes('{8}'))) return fc.uuid()
  if (format === 'date-time')
    return fc
      .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString())
  switch (type) {
    case 'boolean':
      return fc.boolean()
    case 'integer':
    case 'number':
      return fc.integer({ min: Number(minimum ?? -1000), max: Math.min(Number(maximum ?? 1000), 2_147_483_647) })
    case 'array':
      return fc.uniqueArray(isJsonObject(items) ? ofSchema(items) : fc.string(), { maxLength: 4, comparator: sameJson })
    case 'object':
      return ofObject(schema)
    default:
      return ofText(schema)
  }
}

function ofText({ minLength, maxLength, pattern }: JsonObject): fc.Arbitrary<string> {
  if (typeof pattern === 'string' && pattern.includes('[hH]'))
    return fc.webPath().map((path) => `https://x.example.test${path}`.slice(0, 400))
  const most = Math.min(Number(maxLength ?? 200), 200)
  const text = fc.string({ unit: 'grapheme', maxLength: most }).map((value) => [...value].slice(0, most).join(''))
  return minLength === 1 ? text.filter((value) => value.trim() !== '') : text
}

function ofObject({ properties, additionalProperties }: JsonObject): fc.Arbitrary<unknown> {
  if (isJsonObject(properties))
    return fc.record(
      Object.fromEntries(
        Object.entries(properties).map(([name, inner]) => [name, ofSchema(isJsonObject(inner) ? inner : {})]),
      ),
    )
  const texts = isJsonObject(additionalProperties) && additionalProperties['type'] === 'string'
  return fc.dictionary(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    texts ? fc.string({ unit: 'grapheme' }) : fc.jsonValue({ maxDepth: 2 }),
    { maxKeys: 4 },
  )
}

/** What is sent under one name and shown under another, or not at all. */
const HIDDEN = ['credentials', 'webhook_secret', 'assignment_reason', 'tags', 'due_date', 'create_externally']

function showsWhatWasSent({ fields, ask }: Reply): Fault | undefined {
  const sent = isJsonObject(ask.body) ? ask.body : {}
  const wrong = Object.entries(sent).find(
    ([name, value]) => !HIDDEN.includes(name) && !sameJson(asStored(name, value), fields[name]),
  )
  if (wrong !== undefined) {
    const [name, value] = wrong
    return { expected: `\`${name}\`: ${describe(asStored(name, value))}`, actual: describeShown(fields[name]) }
  }
  const { enabled } = sent
  if (typeof enabled === 'boolean' && fields['status'] !== (enabled ? 'active' : 'inactive'))
    return { expected: `\`status\` as \`enabled: ${enabled}\` says`, actual: describeShown(fields['status']) }
  return undefined
}

function asStored(name: string, value: unknown): unknown {
  if (name === 'priority' && value === null) return 'medium'
  return typeof value === 'string' ? value.trim() : value
}

/** Each row, read again, shows what its write showed last. */
function readBack(endpoint: EndpointId): Step {
  const retrieve: EndpointId = endpoint.startsWith('tickets.') ? 'tickets.retrieve' : 'integrations.retrieve'
  const param = retrieve === 'tickets.retrieve' ? 'ticket_id' : 'integration_id'
  const last = (replies: readonly Reply[]): ReadonlyMap<string, Reply> =>
    new Map(replies.filter((reply) => reply.endpoint === endpoint).map((reply) => [String(reply.fields['id']), reply]))
  return {
    request: ({ replies }): readonly CaseRequest[] =>
      [...last(replies).keys()].map((id) => ({ endpoint: retrieve, params: { [param]: id } })),
    expect: ({ replies }) => ({
      holds: (reply) => {
        const [row] = entitiesOf(reply)
        const written = last(replies).get(String(row?.['id']))
        const sent = isJsonObject(written?.ask.body) ? Object.keys(written.ask.body) : []
        const wrong = sent.find((name) => !HIDDEN.includes(name) && !sameJson(row?.[name], written?.fields[name]))
        return wrong === undefined ? undefined : { expected: `\`${wrong}\` as it was written`, actual: 'another value' }
      },
    }),
  }
}
