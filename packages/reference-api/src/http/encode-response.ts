import { downgrade, type EndpointId, type Generation, type JsonObject } from '@ai-ticket-creator/domain'
import { entitiesIn } from '@ai-ticket-creator/domain/internal'
import type { Caller, UserDirectory } from '../ports/ports.ts'

/** Writes a reply in the field names of a generation: old in legacy, both in transitional, new in current and strict. */
export async function encodeResponse(
  endpointId: EndpointId,
  reply: unknown,
  {
    generation,
    strict,
    users,
    caller,
  }: {
    readonly generation: Generation
    readonly strict: boolean
    readonly users: UserDirectory
    readonly caller: Caller
  },
): Promise<unknown> {
  if (generation === 'current' || strict) return reply

  const assignees = await findAssignees(endpointId, reply, users, caller.organizationId)
  const both = generation === 'transitional'
  return downgrade(endpointId, reply, { part: 'reply', both, userOf: (id) => assignees.get(id) }).body
}

// Legacy replies show the assignee as an object, current ones as an id.
async function findAssignees(
  endpointId: EndpointId,
  reply: unknown,
  users: UserDirectory,
  organizationId: string,
): Promise<ReadonlyMap<string, JsonObject>> {
  const ids = new Set(
    (entitiesIn(endpointId, reply) ?? []).flatMap(({ assigned_to_id: id }) => (typeof id === 'string' ? [id] : [])),
  )
  const found = await Promise.all([...ids].map((id) => users.find(organizationId, id)))
  return new Map(found.flatMap((user) => (user === undefined ? [] : [[user.id, { ...user }]])))
}
