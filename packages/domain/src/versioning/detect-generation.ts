import type { EndpointId } from '../contract/contract.ts'
import type { Generation } from '../contract/endpoint.ts'
import { entitiesIn } from '../contract/reply-entities.ts'
import { isJsonObject } from '../schema/json.ts'
import { changesOf } from './changes/index.ts'

/** The generation whose field names a successful reply has; undefined if the reply has no name that proves one. */
export function detectReplyGeneration(endpointId: EndpointId, reply: unknown): Generation | undefined {
  const [entity] = entitiesIn(endpointId, reply) ?? []
  if (entity === undefined) return undefined

  const has = (field: string): boolean => Object.hasOwn(entity, field) && !IN_EVERY_GENERATION.includes(field)
  const isOld = changesOf(endpointId, 'reply').some(({ retired }) => Object.keys(retired).some(has))
  const isNew = changesOf(endpointId, 'reply').some(({ current }) => current.some(has))
  const generation = generationOf(isOld, isNew)
  // The existing backend of the current generation still shows tickets with the retired names only.
  return generation === 'legacy' && endpointId.startsWith('tickets.') ? undefined : generation
}

// All generations show this field, although it belongs to a change.
const IN_EVERY_GENERATION: readonly string[] = ['integration_result']

/** The generation that an OpenAPI document describes; undefined if it describes no field that proves one. */
export function detectDocumentGeneration(document: unknown): Generation | undefined {
  // `platform_name` proves nothing: problems and the results of tickets have it in every generation.
  return generationOf(describes(document, 'integration_type'), describes(document, 'integration_category'))
}

function generationOf(isOld: boolean, isNew: boolean): Generation | undefined {
  if (isOld && isNew) return 'transitional'
  if (isNew) return 'current'
  return isOld ? 'legacy' : undefined
}

// Documents come from outside, so the depth of the recursion is limited.
const DEPTH_LIMIT = 40

function describes(node: unknown, field: string, depth = 0): boolean {
  if (typeof node !== 'object' || node === null || depth > DEPTH_LIMIT) return false
  const properties: unknown = 'properties' in node ? node.properties : undefined
  if (isJsonObject(properties) && Object.hasOwn(properties, field)) return true
  return Object.values(node).some((inner) => describes(inner, field, depth + 1))
}
