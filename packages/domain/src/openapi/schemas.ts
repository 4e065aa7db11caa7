import * as z from 'zod/mini'
import { type EndpointId, endpointOf } from '../contract/contract.ts'
import type { Generation } from '../contract/endpoint.ts'
import { entitySchema } from '../contract/entity-schema.ts'
import { Attachment } from '../entities/attachment.ts'
import * as integrationReplies from '../entities/integration-replies.ts'
import * as integrationRequests from '../entities/integration-requests.ts'
import * as ticketReplies from '../entities/ticket-replies.ts'
import * as ticketRequests from '../entities/ticket-requests.ts'
import { type AnySchema, fieldsOf } from '../schema/schema.ts'
import { wireSchema } from '../versioning/schema-for-generation.ts'
import type { JsonSchema } from './document.ts'
import { describeFields } from './fields.ts'
import { completeBody } from './request-rules.ts'

/** The schemas of a document, and references to them. */
export interface Schemas {
  readonly components: Readonly<Record<string, JsonSchema>>
  readonly refer: (schema: AnySchema) => JsonSchema
}

/** The schemas of the bodies and replies of a generation, each under the name of its export. */
export function createSchemas(generation: Generation, endpointIds: readonly EndpointId[]): Schemas {
  const names = new Map(parts.map((schema) => [schema, nameOf(schema)]))
  for (const id of endpointIds) {
    const { body, reply, envelope } = endpointOf(id)
    const [wireBody, wireReply] = [wireSchema(id, 'body', generation), wireSchema(id, 'reply', generation)]
    if (body !== undefined && wireBody !== undefined) names.set(wireBody, nameOf(body))
    if (reply === undefined || wireReply === undefined) continue
    names.set(wireReply, nameOf(reply))
    names.set(entitySchema(wireReply, envelope), nameOf(entitySchema(reply, envelope)))
  }

  const components = completeBodies(toComponents(names), generation, endpointIds)
  return {
    components: generation === 'current' ? closeBodies(components, endpointIds) : components,
    refer: (schema) => ({ $ref: uri(names.get(schema) ?? '') }),
  }
}

/** A query as JSON Schema, one property per parameter. `wire`: the schema of the query in the generation of the document. */
export const describeQuery = (query: AnySchema, wire: AnySchema): JsonSchema =>
  describeFields(nameOf(query), withoutUris(z.toJSONSchema(wire, options)))

// Parts of replies that are separate components.
const parts: readonly AnySchema[] = [
  Attachment,
  ticketReplies.IntegrationResult,
  ticketReplies.TicketAnalysis,
  ticketReplies.User,
]

const named: Readonly<Record<string, unknown>> = {
  Attachment,
  ...integrationRequests,
  ...integrationReplies,
  ...ticketRequests,
  ...ticketReplies,
}

/** The name under which this package exports a schema. */
function nameOf(schema: AnySchema): string {
  const [name = ''] = Object.entries(named).find(([, value]) => value === schema) ?? []
  // The export `CreateIntegration` is the strict type, so the schema is exported as `CreateIntegrationBody`.
  return name === 'CreateIntegrationBody' ? 'CreateIntegration' : name
}

const uri = (name: string): string => `#/components/schemas/${name}`

function toComponents(names: ReadonlyMap<AnySchema, string>): Readonly<Record<string, JsonSchema>> {
  const registry = z.registry<{ id: string }>()
  for (const [schema, id] of names) registry.add(schema, { id })

  const { schemas } = z.toJSONSchema(registry, { ...options, uri })
  return Object.fromEntries(
    Object.entries(schemas)
      .map(([name, schema]) => [name, describeFields(name, withoutUris(schema))] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
}

// `input`: fields with a default may be left out, and an object is open unless `closeBodies` closes it.
const options = {
  io: 'input',
  override({ zodSchema, jsonSchema }: { zodSchema: AnySchema; jsonSchema: z.core.JSONSchema.BaseSchema }) {
    // The API also accepts a time without an offset, but every tool supports `date-time`.
    // zod declares only the members that all definitions have. The definition of a text also has `format`.
    const { format } = zodSchema._zod.def as { format?: string }
    if (format === 'datetime') jsonSchema.format = 'date-time'
    // Rules that hold for every UUID, time, integer and object would hide the limits that matter.
    if (jsonSchema.format === 'uuid' || jsonSchema.format === 'date-time') delete jsonSchema.pattern
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
    delete jsonSchema.propertyNames
  },
} as const

/** A component without `$id` and `$schema`: they would change what references resolve to. */
function withoutUris({ $id: _, $schema: __, ...schema }: z.core.JSONSchema.BaseSchema): JsonSchema {
  // zod's type also allows for older drafts; the target is 2020-12.
  return schema as JsonSchema
}

function completeBodies(
  components: Readonly<Record<string, JsonSchema>>,
  generation: Generation,
  endpointIds: readonly EndpointId[],
): Readonly<Record<string, JsonSchema>> {
  const completed = endpointIds.flatMap((id) => {
    const { body } = endpointOf(id)
    return body === undefined ? [] : [[nameOf(body), completeBody(id, generation, components[nameOf(body)] ?? {})]]
  })
  return { ...components, ...Object.fromEntries(completed) }
}

/** Closes the bodies of the current generation, because it refuses unknown fields. */
function closeBodies(
  components: Readonly<Record<string, JsonSchema>>,
  endpointIds: readonly EndpointId[],
): Readonly<Record<string, JsonSchema>> {
  const closed = endpointIds.flatMap((id) => {
    const { body } = endpointOf(id)
    if (body === undefined) return []
    const { properties, ...schema } = components[nameOf(body)] ?? {}
    return [
      [nameOf(body), { ...schema, properties: { ...replyFields(id), ...properties }, additionalProperties: false }],
    ]
  })
  return { ...components, ...Object.fromEntries(closed) }
}

// A reply can be sent back in an update, so the body may have the fields of the reply.
function replyFields(endpointId: EndpointId): Readonly<Record<string, JsonSchema>> {
  const { entities = [], readOnly = [] } = endpointOf(endpointId)
  return Object.fromEntries(
    entities
      .flatMap(fieldsOf)
      .map((name) => [
        name,
        { readOnly: true, description: readOnly.includes(name) ? 'Must have its stored value.' : 'Ignored.' },
      ]),
  )
}
