import { ENDPOINT_IDS, type EndpointId, endpointOf, replacementRoute } from '@ai-ticket-creator/domain'
import { changesAccepting, isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { DeprecatedInput } from '../core/client-state.ts'
import type { Settings } from '../core/settings.ts'
import { crossEndpointAliases } from './borrowed-fields.ts'
import type { Callee } from './call-site.ts'

/** The methods of a resource, with an eye on old names: what they are given is counted before anything else happens. */
export function trackDeprecatedInput<R extends object>(
  settings: Settings,
  resource: 'integrations' | 'tickets',
  methods: R,
): R {
  const watched = Object.entries(methods).flatMap(([name, method]: [string, unknown]) => {
    const endpointId = ENDPOINT_IDS.find((id) => id === `${resource}.${name}`)
    if (endpointId === undefined || typeof method !== 'function') return []

    const words = wordsOf(endpointId)
    if (words.length === 0) return []
    const watching = (...args: unknown[]): unknown => {
      // The id of what is changed comes first.
      for (const input of args.slice(0, 2)) noteWords(settings, words, input, watching)
      return method(...args)
    }
    return [[name, watching]]
  })
  return { ...methods, ...Object.fromEntries(watched) }
}

/** Counts what a request by the id of an endpoint says in old words: a retired route is one as well. */
export function trackDeprecatedRequest(
  settings: Settings,
  endpointId: EndpointId,
  given: unknown,
  callee: Callee,
): void {
  if (!ENDPOINT_IDS.includes(endpointId)) return

  const { body, query } = isJsonObject(given) ? given : {}
  for (const input of [body, query]) noteWords(settings, wordsOf(endpointId), input, callee)

  const moved = replacementRoute(endpointId)
  if (moved === undefined) return
  const [field, replacement] = [routeOf(endpointId), routeOf(moved.to)]
  const word: DeprecatedInput = { kind: 'route', field, operation: endpointId, replacement, change: moved.change.id }
  settings.ledger.note(word, settings.onDeprecation, callee)
}

/** A route as a deprecated thing of its own. */
const routeOf = (endpointId: EndpointId): string => {
  const { method, path } = endpointOf(endpointId)
  return `${method} ${path}`
}

function noteWords(settings: Settings, words: readonly DeprecatedInput[], input: unknown, callee: Callee): void {
  if (!isJsonObject(input)) return
  for (const word of words)
    if (Object.hasOwn(input, word.field) && input[word.field] !== undefined)
      settings.ledger.note(word, settings.onDeprecation, callee)
}

/** The old words that an operation takes, also those of the operations it borrows from. */
function wordsOf(operation: EndpointId): readonly DeprecatedInput[] {
  const part = endpointOf(operation).query === undefined ? 'body' : 'query'
  const endpointIds = new Set([operation, ...Object.values(crossEndpointAliases[operation] ?? {})])
  const found = [...endpointIds]
    .flatMap((id) => changesAccepting(id, part))
    .flatMap((change) =>
      Object.entries(change.retired).map(
        ([field, { replacement }]): DeprecatedInput => ({
          kind: 'input',
          field,
          operation,
          replacement,
          change: change.id,
        }),
      ),
    )
  return [...new Map(found.map((word) => [word.field, word])).values()]
}
