import * as z from 'zod/mini'
import { isAvailable } from '../contract/availability.ts'
import { type EndpointId, endpointOf } from '../contract/contract.ts'
import type { Endpoint, Generation } from '../contract/endpoint.ts'
import { entitySchema } from '../contract/entity-schema.ts'
import { user } from '../entities/compiled-types.ts'
import { User } from '../entities/ticket-replies.ts'
import type { JsonType } from '../schema/json-type.ts'
import { type AnySchema, openEnum, shapeOf } from '../schema/schema.ts'
import { toSchema } from '../schema/to-schema.ts'
import type { Change, Location, RetiredField } from './changes/change.ts'
import { changesAccepting } from './changes/index.ts'

/**
 * The schema of a body, a query or a reply in a generation, derived from the contract and its changes; `undefined` if the
 * generation has no such endpoint, or the endpoint has no such part. Calls with equal arguments return the same object. The
 * schema covers single fields; `parseBody` checks the rules over several fields, such as whether a retired and a new field agree.
 */
export function wireSchema(endpointId: EndpointId, part: Location, generation: Generation): AnySchema | undefined {
  const { [part]: schema, envelope } = endpointOf(endpointId)
  if (schema === undefined || !isAvailable(endpointId, generation)) return undefined

  const changes = changesAccepting(endpointId, part)
  if (generation === 'current' || changes.length === 0) return schema

  const wire: Wire = { part, generation, changes }
  if (part !== 'reply' || envelope === undefined) return schemaForGeneration(schema, wire)
  return memoize(schema, wire, () => inEnvelope(schema, envelope, (entity) => schemaForGeneration(entity, wire)))
}

interface Wire {
  readonly part: Location
  readonly generation: 'legacy' | 'transitional'
  readonly changes: readonly Change[]
}

// The ticket in a page and the ticket of other replies must be one object, so that documents refer to one schema.
const derived = /* @__PURE__ */ new WeakMap<AnySchema, Map<string, AnySchema>>()

function memoize(schema: AnySchema, { part, generation, changes }: Wire, derive: () => AnySchema): AnySchema {
  const cached = derived.get(schema) ?? new Map<string, AnySchema>()
  derived.set(schema, cached)

  const key = [part, generation, ...changes.map(({ id }) => id)].join(' ')
  const result = cached.get(key) ?? derive()
  cached.set(key, result)
  return result
}

function inEnvelope(
  reply: AnySchema,
  envelope: NonNullable<Endpoint['envelope']>,
  change: (entity: AnySchema) => AnySchema,
): AnySchema {
  const entity = change(entitySchema(reply, envelope))
  if (envelope === 'array') return z.array(entity)
  return z.object({ ...shapeOf(reply), [envelope]: envelope === 'items' ? z.array(entity) : entity })
}

/** The fields of an object in an older generation: each retired field in the place of its new one, or after it. */
function schemaForGeneration(schema: AnySchema, wire: Wire): AnySchema {
  return memoize(schema, wire, () => {
    const shape = shapeOf(schema)
    const retired = wire.changes.flatMap((change) => retiredFields(change, shape, wire))
    return z.object(
      Object.fromEntries(
        Object.entries(shape).flatMap(([name, field]) => [
          ...newField(name, field, wire),
          ...retired.filter(({ place }) => place === name).map(({ entry }) => entry),
        ]),
      ),
    )
  })
}

type Field = readonly [name: string, schema: AnySchema]
type Shape = Readonly<Record<string, AnySchema>>

function newField(name: string, field: AnySchema, wire: Wire): readonly Field[] {
  const { part, generation, changes } = wire
  // The schema of a retired route already has the retired names.
  for (const change of changes) {
    const retired = Object.hasOwn(change.retired, name) ? change.retired[name] : undefined
    if (retired !== undefined) return [[name, deprecate(field, retired, change, wire)]]
  }

  const change = changes.find(({ current }) => current.includes(name))
  if (change === undefined || isInBoth(change, name, part)) return [[name, field]]
  if (generation === 'legacy') return []
  return [[name, part === 'reply' ? field : z.optional(field)]]
}

// A new field such as `integration_result` has the same name in legacy. The downgrade of its change returns such a field.
const isInBoth = (change: Change, name: string, part: Location): boolean =>
  Object.hasOwn(change.downgrade({ [name]: null }, { part }) ?? {}, name)

function retiredFields(change: Change, shape: Shape, wire: Wire): readonly { place: string; entry: Field }[] {
  return Object.entries(change.retired).flatMap(([name, field]) => {
    const place = [field.replacement, ...change.current].find((candidate) => Object.hasOwn(shape, candidate))
    if (place === undefined) return []
    const schema = retiredSchema(field, wire)
    const required =
      isRequired(shape[field.replacement]) && (wire.part === 'reply' || isOnlyName(field.replacement, wire))
    return [{ place, entry: [name, deprecate(required ? schema : z.optional(schema), field, change, wire)] }]
  })
}

const isRequired = (field: AnySchema | undefined): boolean => field !== undefined && field._zod.optin !== 'optional'

function isOnlyName(replacement: string, { generation, changes }: Wire): boolean {
  const names = changes
    .flatMap(({ retired }) => Object.values(retired))
    .filter((field) => field.replacement === replacement)
  return generation === 'legacy' && names.length === 1
}

// Replies are open: they may show a platform that was added later.
const retiredSchema = ({ type }: RetiredField, { part }: Wire): AnySchema =>
  part === 'reply' && type.kind === 'enum' ? openEnum(type.values) : toSchema(type, named)

// The schema `User` itself is used, so that documents refer to it by name.
const named: ReadonlyMap<JsonType, AnySchema> = /* @__PURE__ */ new Map([[user, User]])

// Only transitional deprecates a name: legacy has no other name for the field, and current does not have the field.
function deprecate(
  schema: AnySchema,
  { replacement }: RetiredField,
  { summary }: Change,
  { generation }: Wire,
): AnySchema {
  if (generation === 'legacy') return schema
  // The cast is safe: all schemas of this package are of zod/mini, whose schemas have `check`.
  return (schema as z.ZodMiniType).check(
    z.meta({ deprecated: true, description: `Use \`${replacement}\`. ${summary}` }),
  )
}
