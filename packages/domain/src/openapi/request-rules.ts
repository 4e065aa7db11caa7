import type { EndpointId } from '../contract/contract.ts'
import type { Generation } from '../contract/endpoint.ts'
import { REQUEST_DEFAULTS } from '../contract/request-defaults.ts'
import type { JsonObject } from '../schema/json.ts'
import { needsSomeField } from '../validation/cross-field-rules.ts'
import { changesAccepting } from '../versioning/changes/index.ts'
import type { JsonSchema } from './document.ts'
import { nameGroups } from './name-groups.ts'

/** Adds to the schema of a body: defaults, settable values, and which fields are required. */
export const completeBody = (endpointId: EndpointId, generation: Generation, schema: JsonSchema): JsonSchema => ({
  ...withDefaults(endpointId, 'body', generation, withSettableValues(endpointId, schema)),
  ...(needsSomeField(endpointId) && { minProperties: 1 }),
  ...requireAlternatives(endpointId, generation),
})

const defaultsOf: Partial<Record<EndpointId, JsonObject>> = REQUEST_DEFAULTS

// A request with a cursor must not have these parameters. Generated clients send every default, so these have none.
const REPLACED_BY_CURSOR = ['page', 'offset']

/** Adds to the schema of a body or a query the default of each field that has only one name. */
export function withDefaults(
  endpointId: EndpointId,
  part: 'body' | 'query',
  generation: Generation,
  schema: JsonSchema,
): JsonSchema {
  const defaults = defaultsOf[endpointId] ?? {}
  // If a field has several names, the default of one name would contradict the value of another.
  const named = nameGroups(endpointId, part, generation).flatMap(({ field, names: [name, ...others] }) =>
    name === undefined || others.length > 0 || !Object.hasOwn(defaults, field) || REPLACED_BY_CURSOR.includes(field)
      ? []
      : [[name, defaults[field]] as const],
  )
  return changeProperties(schema, Object.fromEntries(named.map(([name, value]) => [name, { default: value }])))
}

/** Limits retired fields to the values that a request can still set. */
function withSettableValues(endpointId: EndpointId, schema: JsonSchema): JsonSchema {
  const settable = changesAccepting(endpointId, 'body').flatMap(({ retired }) =>
    Object.entries(retired).flatMap(([name, { settable: values }]) => (values === undefined ? [] : [[name, values]])),
  )
  return changeProperties(schema, Object.fromEntries(settable.map(([name, values]) => [name, { enum: values }])))
}

function requireAlternatives(endpointId: EndpointId, generation: Generation): JsonSchema {
  const alternatives = nameGroups(endpointId, 'body', generation)
    .filter(({ required, names }) => required && names.length > 1)
    .map(({ names }) => requireOneOf(names))
  return alternatives.length > 1 ? { allOf: alternatives } : (alternatives[0] ?? {})
}

/** Requires one of several fields. Uses `if`, which code generators ignore; they would reject `anyOf` as a choice of types. */
function requireOneOf([name = '', ...others]: readonly string[]): JsonSchema {
  const required = { required: [name] }
  return others.length === 0 ? required : { if: required, else: requireOneOf(others) }
}

function changeProperties(schema: JsonSchema, changes: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const { properties = {} } = schema
  const changed = Object.entries(properties).map(([name, property]) => [
    name,
    Object.hasOwn(changes, name) ? { ...property, ...changes[name] } : property,
  ])
  return { ...schema, properties: Object.fromEntries(changed) }
}
