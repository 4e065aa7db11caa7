import {
  ENDPOINT_IDS,
  type EndpointId,
  endpointOf,
  type Generation,
  isAvailable,
  type ProblemCode,
  replacementRoute,
} from '@ai-ticket-creator/domain'
import { paramNames } from '@ai-ticket-creator/domain/internal'
import { openApiDocument } from '@ai-ticket-creator/domain/openapi'

type Resource = 'integrations' | 'tickets'

/** A request of a collection. The optional members are the differences from the usual call of the endpoint. */
export interface Step {
  readonly id: EndpointId
  /** The name of the example body to send. Default: `minimal`. */
  readonly example?: 'deprecated' | 'minimal'
  /** Whether the request uses deprecated names or routes and the backend announces that. */
  readonly deprecated?: boolean
  /** Whether the request sends `Prefer: handling=strict`. */
  readonly strict?: boolean
  readonly refusal?: Refusal
  /** Whether the request sends no token. */
  readonly anonymous?: boolean
  /** Values of path parameters. Default: the variables of the collection. */
  readonly values?: Readonly<Record<string, string>>
  readonly note?: string
}

interface Refusal {
  readonly status: number
  readonly code: ProblemCode
  /** The code of every issue in `detail`. */
  readonly issue?: ProblemCode
}

interface Folder {
  readonly name: string
  readonly steps: readonly Step[]
}

const RESOURCES: readonly Resource[] = ['integrations', 'tickets']
const { paths } = openApiDocument({ generation: 'transitional' })

/** The folders of a collection, with their requests in order. */
export function foldersOf(generation: Generation): readonly Folder[] {
  return [
    ...RESOURCES.map((resource) => ({ name: resource, steps: usualSteps(resource, generation) })),
    ...RESOURCES.flatMap((resource) => deprecatedFolders(resource, generation)),
    { name: 'access', steps: accessSteps() },
  ]
}

export const resourceOf = (id: EndpointId): Resource => (id.startsWith('tickets.') ? 'tickets' : 'integrations')
/** Whether an endpoint creates an integration or a ticket: a POST without an id in its path. */
export const createsEntity = (id: EndpointId): boolean =>
  endpointOf(id).method === 'POST' && paramNames(endpointOf(id).path).length === 0

function usualSteps(resource: Resource, generation: Generation): readonly Step[] {
  const ids = ENDPOINT_IDS.filter((id) => resourceOf(id) === resource && isAvailable(id, generation))
  // A transitional backend has the retired routes too; they have folders of their own.
  return lifecycle(
    resource,
    ids.filter((id) => generation !== 'transitional' || replacementRoute(id) === undefined).map((id) => ({ id })),
  )
}

/** A transitional backend accepts deprecated names and announces them, except in strict requests. A current one refuses them. */
function deprecatedFolders(resource: Resource, generation: Generation): readonly Folder[] {
  const steps = ENDPOINT_IDS.filter((id) => resourceOf(id) === resource && hasDeprecatedForm(id)).map(
    (id): Step => ({ id, example: replacementRoute(id) === undefined ? 'deprecated' : 'minimal' }),
  )
  const refused = steps.map((step) => ({ ...step, refusal: refusalOf(step.id) }))

  if (generation === 'current')
    return [{ name: `${resource}, deprecated names (refused)`, steps: lifecycle(resource, refused) }]
  if (generation === 'legacy') return []

  const accepted = steps.map((step) => ({ ...step, deprecated: true }))
  const strict = [...refused, { id: `${resource}.retrieve` as const }].map((step) => ({ ...step, strict: true }))
  return [
    { name: `${resource}, deprecated names`, steps: lifecycle(resource, accepted) },
    { name: `${resource}, deprecated names, strict (refused)`, steps: lifecycle(resource, strict) },
  ]
}

function accessSteps(): readonly Step[] {
  return ENDPOINT_IDS.filter((id) => endpointOf(id).method === 'GET').flatMap((id): Step[] => {
    const params = paramNames(endpointOf(id).path)
    const values = Object.fromEntries(params.map((param) => [param, '00000000-0000-4000-8000-00000000dead']))
    const unauthenticated = { status: 401, code: 'unauthenticated' } as const
    const notFound = { status: 404, code: 'not_found' } as const
    return [
      { id, values, anonymous: true, refusal: unauthenticated, note: 'without a token' },
      ...(params.length === 0 ? [] : [{ id, values, refusal: notFound, note: 'with an unknown id' }]),
    ]
  })
}

/**
 * Orders steps so that they can run: an entity is created, used and deleted. A delete follows each further create. If no step
 * creates an entity, or the backend refuses all creates, the usual create comes first.
 */
function lifecycle(resource: Resource, steps: readonly Step[]): readonly Step[] {
  const remove: Step = { id: `${resource}.delete` }
  const creates = steps.filter(({ id, refusal }) => createsEntity(id) && refusal === undefined)
  const [first = { id: `${resource}.create` as const }, ...further] = creates
  const uses = steps.filter((step) => !creates.includes(step) && step.id !== remove.id)

  const ordered = [first, ...uses, remove, ...further.flatMap((step) => [step, remove])]
  if (resource === 'integrations') return ordered
  // A ticket needs an integration.
  const isDeprecated = steps.some(({ deprecated }) => deprecated)
  const create: Step = { id: 'integrations.create', ...(isDeprecated && { deprecated: true, example: 'deprecated' }) }
  return [create, ...ordered, { id: 'integrations.delete' }]
}

function hasDeprecatedForm(id: EndpointId): boolean {
  const { path, method } = endpointOf(id)
  // The keys of a path item are the methods of its endpoints, in lower case.
  const operation = paths[path]?.[method.toLowerCase() as 'post']
  const { deprecated } = operation?.requestBody?.content['application/json'].examples ?? {}
  return replacementRoute(id) !== undefined || deprecated !== undefined
}

function refusalOf(id: EndpointId): Refusal {
  return replacementRoute(id) === undefined
    ? { status: 422, code: 'validation_failed', issue: 'retired_field' }
    : { status: 410, code: 'retired_route' }
}
