import { bearerToken, retiredNamesOf } from '@ai-ticket-creator/domain/internal'
import { hashToken } from '../access/user-directory.ts'
import type { DeprecationCounter } from '../operations/deprecation-counter.ts'
import { retiredRoutes } from '../operations/retired-names.ts'
import { deprecatedFieldsOf } from './deprecated-fields.ts'
import type { Observer } from './request-record.ts'

/** Counts the retired names in requests and replies of the transitional generation, the only one with old and new names. */
export const countDeprecations =
  ({ count }: DeprecationCounter): Observer =>
  ({ endpoint, generation, status }, request, response) => {
    const token = bearerToken(request.headers.get('Authorization'))
    if (generation !== 'transitional' || endpoint === 'unknown' || status === 401 || token === undefined) return

    // Strict requests are answered as in the current generation, so nothing changes for them when a name is retired.
    const isStrict = response.headers.has('Preference-Applied')
    count({
      tokenHash: hashToken(token),
      client: clientOf(request),
      operation: endpoint,
      sent: isStrict ? [] : [...deprecatedFieldsOf(response), ...retiredRoutes(endpoint)],
      received: isStrict || status >= 300 ? [] : retiredNamesOf(endpoint, 'reply'),
    })
  }

/** The header `X-Client`. Callers choose its value, so it counts only if it looks like a name and a version. */
function clientOf({ headers }: Request): string | null {
  const client = headers.get('X-Client') ?? ''
  return /^[\w.@/+-]{1,64}$/.test(client) ? client : null
}
