import {
  ENDPOINT_IDS,
  type EndpointId,
  endpointOf,
  GENERATIONS,
  type Generation,
  isAvailable,
} from '@ai-ticket-creator/domain'
import type { Check, ContractCase } from '../../model/case.ts'
import { UNKNOWN_ID } from '../../model/request-bodies.ts'
import { SPEC } from '../../model/spec-references.ts'

/** The methods of a path, which are the same in all generations from `since` to `until`. */
interface MethodRange {
  readonly path: string
  readonly endpoint: EndpointId
  readonly methods: readonly string[]
  readonly since: Generation
  readonly until: Generation
}

/** Methods that a path does not have. */
export const methodCases: readonly ContractCase[] = methodRanges().flatMap((range): readonly ContractCase[] => {
  const { path, endpoint, methods, since, until } = range
  const method = ['DELETE', 'PUT', 'PATCH', 'POST'].find((one) => !methods.includes(one))
  if (method === undefined) return []
  return [
    {
      id: idOf(range),
      title: `${path} supports ${methods.join(', ')} and lists them in \`Allow\` when it refuses another method`,
      specReference: SPEC.refusals,
      since,
      until,
      request: { endpoint, method, params: { integration_id: UNKNOWN_ID, ticket_id: UNKNOWN_ID } },
      expect: { code: 'method_not_allowed', check: checkAllow(methods) },
    },
  ]
})

function methodRanges(): readonly MethodRange[] {
  const paths = [...new Set(ENDPOINT_IDS.map((id) => endpointOf(id).path))]
  return paths.flatMap((path) => {
    const endpoint = ENDPOINT_IDS.find((id) => endpointOf(id).path === path)
    const ranges: MethodRange[] = []
    for (const generation of GENERATIONS) {
      const methods = methodsAt(path, generation)
      const last = ranges.at(-1)
      if (endpoint === undefined || methods.length === 0) continue
      if (last !== undefined && last.methods.join() === methods.join())
        ranges.splice(-1, 1, { ...last, until: generation })
      else ranges.push({ path, endpoint, methods, since: generation, until: generation })
    }
    return ranges
  })
}

function methodsAt(path: string, generation: Generation): readonly string[] {
  return ENDPOINT_IDS.filter((id) => endpointOf(id).path === path && isAvailable(id, generation)).map(
    (id) => endpointOf(id).method,
  )
}

/** `requests/methods-of.tickets.ticket_id-current` */
function idOf({ path, since }: MethodRange): string {
  const name = path.replaceAll(/[{}]/g, '').replaceAll('/', '.')
  return `requests/methods-of${since === 'legacy' ? name.replace(/\.$/, '') : `${name}-${since}`}`
}

function checkAllow(methods: readonly string[]): Check {
  const expected = methods.toSorted().join(', ')
  return ({ headers }) => {
    const actual = (headers.get('Allow') ?? '').split(', ').toSorted().join(', ')
    return actual === expected ? undefined : { expected: `\`Allow\`: ${expected}`, actual: actual || 'none' }
  }
}
