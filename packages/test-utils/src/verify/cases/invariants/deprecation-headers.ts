import { parseBody, parseQuery, replacementRoute } from '@ai-ticket-creator/domain'
import { changesAccepting, isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { Mismatch } from '../../model/case.ts'
import type { Reply } from '../../model/observed-reply.ts'

/** Compares `Deprecated-Fields` and `Deprecation` with the retired fields that the domain finds in the request. */
export function checkDeprecationHeaders(reply: Reply): Mismatch | undefined {
  const { endpoint, headers } = reply
  const used = retiredFieldsOf(reply)
  const named = (headers.get('Deprecated-Fields') ?? '').split(', ').filter((entry) => entry !== '')
  const isDeprecated = used.length > 0 || replacementRoute(endpoint) !== undefined
  if (used.toSorted().join() === named.toSorted().join() && headers.has('Deprecation') === isDeprecated)
    return undefined
  return { expected: `\`Deprecated-Fields\`: ${used.join(', ') || 'none'}`, actual: named.join(', ') || 'none' }
}

function retiredFieldsOf({ endpoint, request: { body, query = {} } }: Reply): readonly string[] {
  const options = { generation: 'transitional' } as const
  const pairs = Object.entries(query).map(([name, value]) => [name, String(value)] as const)
  const readsBody = isJsonObject(body) && changesAccepting(endpoint, 'body').length > 0
  const used = [
    ...(readsBody ? parseBody(endpoint, body, options).used : []),
    ...parseQuery(endpoint, pairs, options).used,
  ]
  return used.map(({ field, replacement }) => `${field};use=${replacement}`)
}
