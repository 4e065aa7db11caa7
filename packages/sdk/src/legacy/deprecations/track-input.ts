import { ENDPOINT_IDS, type EndpointId, replacementRoute } from '@ai-ticket-creator/domain'
import {
  changesAccepting,
  compiledEndpoint,
  crossEndpointAliases,
  isJsonObject,
} from '@ai-ticket-creator/domain/internal'
import type { RequestOptions } from '../../core/options.ts'
import type { ClientRequest, PathRequest } from '../../resources/raw-request.ts'
import type { LegacyContext } from '../legacy-context.ts'
import { isNotGiven } from '../not-given.ts'
import type { Callee, DeprecatedInput } from './uses.ts'

/** Wraps the methods of a resource: old names in their input are counted before anything else happens. */
export function trackDeprecatedInput<R extends object>(
  legacy: LegacyContext,
  resource: 'integrations' | 'tickets',
  methods: R,
): R {
  const tracked = Object.entries(methods).flatMap(([name, method]: [string, unknown]) => {
    const endpointId = ENDPOINT_IDS.find((id) => id === `${resource}.${name}`)
    if (endpointId === undefined || typeof method !== 'function') return []

    const oldNames = oldNamesOf(endpointId)
    if (oldNames.length === 0) return []
    const tracking = (...args: unknown[]): unknown => {
      // The input is the first argument, or the second one after the id of the row.
      for (const input of args.slice(0, 2)) recordUses(legacy, oldNames, input, tracking)
      return method(...args)
    }
    return [[name, tracking]]
  })
  return { ...methods, ...Object.fromEntries(tracked) }
}

/** Counts the old names in a request by endpoint id, and the endpoint itself if its route is retired. */
export function trackDeprecatedRequests(legacy: LegacyContext, request: ClientRequest): ClientRequest {
  const tracking = (target: EndpointId | PathRequest, ...rest: [unknown?, RequestOptions?]): unknown => {
    if (typeof target === 'string' && ENDPOINT_IDS.includes(target)) recordRequest(legacy, target, rest[0], tracking)
    // The overloads of `ClientRequest` declare the types of input and reply.
    return (request as (...args: unknown[]) => unknown)(target, ...rest)
  }
  return tracking as ClientRequest
}

function recordRequest(legacy: LegacyContext, endpointId: EndpointId, given: unknown, callee: Callee): void {
  const { body, query } = isJsonObject(given) ? given : {}
  for (const input of [body, query]) recordUses(legacy, oldNamesOf(endpointId), input, callee)

  const moved = replacementRoute(endpointId)
  if (moved === undefined) return
  const [field, replacement] = [routeOf(endpointId), routeOf(moved.to)]
  const use: DeprecatedInput = { kind: 'route', field, operation: endpointId, replacement, change: moved.change.id }
  legacy.ledger.note(use, legacy.settings.onDeprecation, callee)
}

/** A route, as the ledger shows it. */
const routeOf = (endpointId: EndpointId): string => {
  const { method, path } = compiledEndpoint(endpointId)
  return `${method} ${path}`
}

function recordUses(legacy: LegacyContext, oldNames: readonly RetiredInput[], input: unknown, callee: Callee): void {
  for (const oldName of usedNames(oldNames, input)) legacy.ledger.note(oldName, legacy.settings.onDeprecation, callee)
}

/** An old name that input may have. */
type RetiredInput = DeprecatedInput & { readonly replacement: string }

/** The part of a request that may have old names. */
export const partWithOldNames = (operation: EndpointId): 'query' | 'body' =>
  compiledEndpoint(operation).query === undefined ? 'body' : 'query'

/** The old names that an input has. */
export const usedNames = (oldNames: readonly RetiredInput[], input: unknown): readonly RetiredInput[] =>
  isJsonObject(input)
    ? oldNames.filter(({ field, replacement }) => Object.hasOwn(input, field) && !isNotGiven(replacement, input[field]))
    : []

/** The old names that an operation accepts, including those that only other endpoints had. */
export function oldNamesOf(operation: EndpointId): readonly RetiredInput[] {
  const part = partWithOldNames(operation)
  const endpointIds = new Set([operation, ...Object.values(crossEndpointAliases[operation] ?? {})])
  const found = [...endpointIds]
    .flatMap((id) => changesAccepting(id, part))
    .flatMap((change) =>
      Object.entries(change.retired).map(
        ([field, { replacement }]): RetiredInput => ({
          kind: 'input',
          field,
          operation,
          replacement,
          change: change.id,
        }),
      ),
    )
  return [...new Map(found.map((oldName) => [oldName.field, oldName])).values()]
}
