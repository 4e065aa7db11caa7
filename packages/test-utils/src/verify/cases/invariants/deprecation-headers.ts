import { parseBody, parseQuery, replacementRoute } from '@ai-ticket-creator/domain'
import { changesAccepting, isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { Fault } from '../../model/case.ts'
import type { Reply } from '../../model/observed-reply.ts'
import { byText } from './index.ts'

// What the request says in old words is the domain's to tell; the headers have to name the same.
export function deprecationsFit({ endpoint, ask, headers }: Reply): Fault | undefined {
  const options = { generation: 'transitional' } as const
  const pairs = Object.entries(ask.query ?? {}).map(([name, value]) => [name, String(value)] as const)
  const used = [
    ...(isJsonObject(ask.body) && changesAccepting(endpoint, 'body').length > 0
      ? parseBody(endpoint, ask.body, options).used
      : []),
    ...parseQuery(endpoint, pairs, options).used,
  ].map(({ field, replacement }) => `${field};use=${replacement}`)
  const told = (headers.get('Deprecated-Fields') ?? '').split(', ').filter((one) => one !== '')
  const fits = used.toSorted(byText).join() === told.toSorted(byText).join()
  const dated = headers.has('Deprecation') === (used.length > 0 || replacementRoute(endpoint) !== undefined)
  return fits && dated
    ? undefined
    : {
        expected: `\`Deprecated-Fields\`: ${used.join(', ') || 'none'}`,
        actual: told.length > 0 ? told.join(', ') : 'none',
      }
}
