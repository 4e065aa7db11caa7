import { categoryOf, credentialKeys, type EndpointId, type JsonObject, PLATFORMS } from '@ai-ticket-creator/domain'
import { isJsonObject, sameJson } from '@ai-ticket-creator/domain/internal'
import * as fc from 'fast-check'
import { bodyFields } from '../../model/body-fields.ts'
import type { Check, ContractCase, Mismatch, Step } from '../../model/case.ts'
import { describe, describeObserved } from '../../model/describe.ts'
import { entitiesOf, type Reply } from '../../model/observed-reply.ts'
import { credentialsOf } from '../../model/request-bodies.ts'
import { SPEC } from '../../model/spec-references.ts'
import { preconditionsOf, retrieveRequest, routeOf } from '../sample-requests.ts'
import { valuesOf } from './arbitrary-values.ts'

const ENDPOINTS = [
  'integrations.create',
  'integrations.update',
  'tickets.create',
  'tickets.replace',
  'tickets.update',
] as const

const BODIES_PER_CASE = 4

/** The ids of the generated cases, which do not depend on the seed. */
export const GENERATED_IDS: readonly string[] = ENDPOINTS.map(idOf)

/** Random bodies that the OpenAPI document allows are stored and returned as they were sent. */
export const generated = (seed: number): readonly ContractCase[] =>
  ENDPOINTS.map((endpoint, index) => ({
    id: idOf(endpoint),
    title: `Generated bodies of ${routeOf(endpoint)} within the limits are stored and returned as they were sent`,
    endpoint,
    specReference: SPEC.fields,
    preconditions: preconditionsOf(endpoint),
    request: ({ tag }) =>
      fc
        .sample(bodyOf(endpoint), { seed: (seed + index) | 0, numRuns: BODIES_PER_CASE })
        .map((body) => ({ endpoint, body: withRequired(endpoint, tag, body) })),
    expect: { check: checkSentFields },
    next: [readBack(endpoint)],
  }))

function idOf(endpoint: EndpointId): string {
  return `${endpoint}/generated`
}

/** Fields with additional rules, which have their own cases. */
const EXCLUDED = [
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

function bodyOf(endpoint: EndpointId): fc.Arbitrary<JsonObject> {
  const fields = bodyFields().filter((field) => field.endpoint === endpoint && !EXCLUDED.includes(field.name))
  const values = Object.fromEntries(fields.map((field) => [field.name, valuesOf(field)]))
  const partial = fc.record(values, { requiredKeys: endpoint === 'tickets.create' ? ['description'] : [] }).map(toJson)
  if (endpoint !== 'integrations.create') return partial
  return fc.tuple(partial, fc.constantFrom(...PLATFORMS)).map(([body, platform_name]) => ({ ...body, platform_name }))
}

// JSON has no -0 and no undefined.
function toJson(value: unknown): JsonObject {
  const json: unknown = JSON.parse(JSON.stringify(value))
  return isJsonObject(json) ? json : {}
}

/** Adds the required fields, and to a PATCH a description, because an empty PATCH is refused. */
function withRequired(endpoint: EndpointId, tag: string, body: JsonObject): JsonObject {
  if (endpoint === 'tickets.create') return { title: tag, ...body }
  if (endpoint === 'tickets.update') return { description: `${tag} is described`, ...body }
  if (endpoint !== 'integrations.create') return body

  const platform = PLATFORMS.find((one) => one === body['platform_name']) ?? 'jira'
  const needsCredentials = credentialKeys(platform, 'api_key').length > 0
  return {
    name: tag,
    integration_category: categoryOf(platform),
    ...body,
    ...(needsCredentials && { credentials: credentialsOf(tag, platform) }),
  }
}

/** Fields that are returned under another name, or not at all. */
const HIDDEN = ['credentials', 'webhook_secret', 'assignment_reason', 'tags', 'due_date', 'create_externally']

function checkSentFields(reply: Reply): Mismatch | undefined {
  const { fields } = reply
  const sent = appliedFields(reply)
  const wrong = Object.keys(sent).find(
    (name) => !HIDDEN.includes(name) && !sameJson(asStored(name, sent[name]), fields[name]),
  )
  if (wrong !== undefined)
    return {
      expected: `\`${wrong}\`: ${describe(asStored(wrong, sent[wrong]))}`,
      actual: describeObserved(fields[wrong]),
    }

  const { enabled } = sent
  if (typeof enabled !== 'boolean' || fields['status'] === (enabled ? 'active' : 'inactive')) return undefined
  return {
    expected: `\`status\` in agreement with \`enabled: ${enabled}\``,
    actual: describeObserved(fields['status']),
  }
}

/** PUT of a ticket ignores null before the current generation. */
function appliedFields({ endpoint, generation, request: { body } }: Reply): JsonObject {
  const sent = isJsonObject(body) ? body : {}
  if (endpoint !== 'tickets.replace' || generation === 'current') return sent
  return Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== null))
}

/** The value that is stored for a sent one: texts are trimmed, and a priority that is null becomes the default. */
function asStored(name: string, value: unknown): unknown {
  if (name === 'priority' && value === null) return 'medium'
  return typeof value === 'string' ? value.trim() : value
}

/** GET of each row returns what its last write returned. */
function readBack(endpoint: EndpointId): Step {
  return {
    request: ({ replies }) => [...lastWrites(endpoint, replies).keys()].map((id) => retrieveRequest(endpoint, id)),
    expect: ({ replies }) => ({ check: checkWrittenFields(lastWrites(endpoint, replies)) }),
  }
}

/** The last reply to a write of each row, by id. */
const lastWrites = (endpoint: EndpointId, replies: readonly Reply[]): ReadonlyMap<string, Reply> =>
  new Map(replies.filter((reply) => reply.endpoint === endpoint).map((reply) => [String(reply.fields['id']), reply]))

function checkWrittenFields(writes: ReadonlyMap<string, Reply>): Check {
  return (reply) => {
    const [row] = entitiesOf(reply)
    const written = writes.get(String(row?.['id']))
    const sent = isJsonObject(written?.request.body) ? Object.keys(written.request.body) : []
    const wrong = sent.find((name) => !HIDDEN.includes(name) && !sameJson(row?.[name], written?.fields[name]))
    return wrong === undefined
      ? undefined
      : { expected: `\`${wrong}\` as the write returned it`, actual: 'another value' }
  }
}
