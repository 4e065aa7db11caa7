// What the folders of a collection do, step by step. A step is an endpoint and the example it sends; what it answers, when
// that is not success; and how it differs from the usual call.
import { ENDPOINT_IDS, endpointOf, isAvailable, replacementRoute } from '@ai-ticket-creator/domain'
import { paramNames } from '@ai-ticket-creator/domain/internal'
import { openApiDocument } from '@ai-ticket-creator/domain/openapi'

/** The folders of a collection. */
export function foldersOf(generation) {
  const resources = [...new Set(ENDPOINT_IDS.map(resourceOf))]
  return [
    ...resources.map((resource) => ({ name: resource, steps: usualSteps(resource, generation) })),
    ...resources.flatMap((resource) => oldWords(resource, generation)),
    { name: 'access', steps: accessSteps() },
  ]
}

function usualSteps(resource, generation) {
  const ids = ENDPOINT_IDS.filter((id) => resourceOf(id) === resource && isAvailable(id, generation))
  const usual = ids.filter((id) => generation !== 'transitional' || replacementRoute(id) === undefined)
  return lifeOf(
    resource,
    usual.map((id) => ({ id })),
  )
}

/** The old words, where they are known as such: transitional takes and announces them, strict and current refuse them. */
function oldWords(resource, generation) {
  const old = ENDPOINT_IDS.filter((id) => resourceOf(id) === resource && hasOldWords(id)).map((id) => ({
    id,
    example: oldExampleOf(id),
  }))
  const refused = old.map((step) => ({ ...step, ...refusalOf(step.id) }))
  const usual = { id: retrieveOf(resource) }
  switch (generation) {
    case 'transitional':
      return [
        {
          name: `${resource} in the old words (deprecated)`,
          steps: lifeOf(
            resource,
            old.map((step) => ({ ...step, old: true })),
          ),
        },
        {
          name: `${resource} in the old words, strictly (refused)`,
          steps: lifeOf(
            resource,
            [...refused, usual].map((step) => ({ ...step, strict: true })),
          ),
        },
      ]
    case 'current':
      return [{ name: `${resource} in the old words (refused)`, steps: lifeOf(resource, refused) }]
    default:
      return []
  }
}

const accessSteps = () =>
  ENDPOINT_IDS.filter((id) => endpointOf(id).method === 'GET').flatMap((id) => {
    const params = paramNames(endpointOf(id).path)
    const step = { id, values: Object.fromEntries(params.map((param) => [param, NOBODYS])) }
    const anonymous = { ...step, anonymous: true, status: 401, code: 'unauthenticated', what: 'without a token' }
    const unknown = { ...step, status: 404, code: 'not_found', what: 'of an unknown id' }
    return params.length === 0 ? [anonymous] : [anonymous, unknown]
  })

const NOBODYS = '00000000-0000-4000-8000-00000000dead'

const refusalOf = (id) =>
  replacementRoute(id) === undefined
    ? { status: 422, code: 'validation_failed', issue: 'retired_field' }
    : { status: 410, code: 'retired_route' }

const { paths } = openApiDocument({ generation: 'transitional' })

function hasOldWords(id) {
  const { path, method } = endpointOf(id)
  const { examples = {} } = paths[path][method.toLowerCase()].requestBody?.content['application/json'] ?? {}
  return replacementRoute(id) !== undefined || examples.deprecated !== undefined
}

const oldExampleOf = (id) => (replacementRoute(id) === undefined ? 'deprecated' : 'minimal')

/**
 * Steps in an order that can run: a row is made, used and deleted. Where several steps make a row, each further one has a
 * life of its own; where none does, or all are refused, the usual one does.
 */
function lifeOf(resource, steps) {
  const [create, remove] = [createOf(resource), deleteOf(resource)]
  const creates = steps.filter(({ id, status }) => makesRow(id) && status === undefined)
  const [first = { id: create }, ...further] = creates
  const uses = steps.filter((step) => !creates.includes(step) && step.id !== remove)

  const life = [first, ...uses, { id: remove }, ...further.flatMap((step) => [step, { id: remove }])]
  const needs = resource === 'tickets' ? 'integrations' : undefined
  if (needs === undefined) return life
  // A ticket is filed with an integration.
  const old = steps.some((step) => step.old) ? { old: true, example: 'deprecated' } : {}
  return [{ id: createOf(needs), ...old }, ...life, { id: deleteOf(needs) }]
}

export const resourceOf = (id) => id.split('.')[0]
export const makesRow = (id) => endpointOf(id).method === 'POST' && paramNames(endpointOf(id).path).length === 0
export const createOf = (resource) => ENDPOINT_IDS.find((id) => resourceOf(id) === resource && makesRow(id))
const retrieveOf = (resource) => ENDPOINT_IDS.find((id) => resourceOf(id) === resource && id.endsWith('.retrieve'))
export const deleteOf = (resource) =>
  ENDPOINT_IDS.find((id) => resourceOf(id) === resource && endpointOf(id).method === 'DELETE')
