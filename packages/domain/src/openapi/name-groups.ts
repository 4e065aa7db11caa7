import { type EndpointId, endpointOf } from '../contract/contract.ts'
import type { Generation } from '../contract/endpoint.ts'
import { fieldsOf, shapeOf } from '../schema/schema.ts'
import { changesAccepting } from '../versioning/changes/index.ts'
import { wireSchema } from '../versioning/schema-for-generation.ts'

/** A field of a request, with the names that it has in a generation. */
export interface NameGroup {
  /** The current name. */
  readonly field: string
  readonly names: readonly string[]
  readonly required: boolean
}

/** The fields of a body or a query, each with all its names. */
export function nameGroups(
  endpointId: EndpointId,
  part: 'body' | 'query',
  generation: Generation,
): readonly NameGroup[] {
  const { [part]: schema } = endpointOf(endpointId)
  const wire = wireSchema(endpointId, part, generation)
  if (schema === undefined || wire === undefined) return []

  const wireFields = fieldsOf(wire)
  const changes = changesAccepting(endpointId, part)
  return Object.entries(shapeOf(schema)).map(([field, { _zod }]) => {
    const retired = changes.flatMap((change) =>
      Object.keys(change.retired).filter((name) => change.retired[name]?.replacement === field),
    )
    return {
      field,
      names: [field, ...retired].filter((name) => wireFields.includes(name)),
      required: _zod.optin !== 'optional',
    }
  })
}
