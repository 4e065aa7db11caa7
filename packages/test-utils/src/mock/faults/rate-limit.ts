import { checkOneOf } from '../../core/check-options.ts'
import type { Fault } from './fault.ts'

/** How a rate limit reports when to try again. */
export interface RateLimit {
  /** Seconds, a valid date, or a text that a header can have. The header is sent exactly as given. Default: 1. */
  readonly retryAfter?: number | string | Date
  /** Sends the time to wait in the body only, without a `Retry-After` header. Default: false. */
  readonly bodyOnly?: boolean
}

/** Forms of `Retry-After` that clients often handle wrongly. */
export type RetryAfterEdgeCase =
  | 'far future'
  | 'negative'
  | 'zero'
  | 'fraction'
  | 'unparsable'
  | 'empty'
  | 'date'
  | 'past date'
  | 'body only'

const edgeCases: Readonly<Record<RetryAfterEdgeCase, RateLimit>> = {
  'far future': { retryAfter: 4_102_444_800 },
  negative: { retryAfter: -30 },
  zero: { retryAfter: 0 },
  fraction: { retryAfter: '1.5' },
  unparsable: { retryAfter: 'soon' },
  empty: { retryAfter: '' },
  date: { retryAfter: new Date('2099-12-31T23:59:59Z') },
  'past date': { retryAfter: new Date('2001-01-01T00:00:00Z') },
  'body only': { retryAfter: 1, bodyOnly: true },
}

/**
 * Too many calls: 429 with `Retry-After`, as `rateLimited({ retryAfter: 30 })` or as a named edge case:
 * `rateLimited('past date')`.
 *
 * @throws RangeError for an unknown edge case, an invalid date, or a text that a header cannot have as its value.
 */
export function rateLimited(limit: RateLimit | RetryAfterEdgeCase = {}): Fault {
  const { retryAfter = 1, bodyOnly = false } = typeof limit === 'string' ? edgeCase(limit) : limit
  const header = bodyOnly ? String(retryAfter) : toHeader(retryAfter)
  return {
    name: `rateLimited(${header}${bodyOnly ? ', in the body only' : ''})`,
    apply: ({ respondWithProblem, now }) => {
      const reset = Math.ceil(now().getTime() / 1000) + (Number.parseInt(header, 10) || 0)
      const headers = { 'X-RateLimit-Limit': '1000', 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': String(reset) }
      // The limiter of the existing backend has its own body; `detail` and `code` are added to it.
      // See docs/existing-backend.md#rate-limits.
      const problem = {
        error: 'Rate limit exceeded',
        message: 'Too many requests',
        limit: 1000,
        remaining: 0,
        reset_time: reset,
        retry_after: typeof retryAfter === 'number' ? retryAfter : header,
        detail: 'too many calls; wait for Retry-After',
        code: 'rate_limited',
      }
      return respondWithProblem(429, problem, bodyOnly ? headers : { ...headers, 'Retry-After': header })
    },
  }
}

function toHeader(retryAfter: number | string | Date): string {
  const text = retryAfter instanceof Date ? retryAfter.toUTCString() : String(retryAfter)
  // The characters of a field value in RFC 9110.
  if (text !== 'Invalid Date' && text !== 'NaN' && /^[\t\x20-\x7e\x80-\xff]*$/.test(text)) return text
  throw new RangeError(
    '`rateLimited`: `retryAfter` must be a number, a valid date, or a text of the characters of a header',
  )
}

function edgeCase(name: RetryAfterEdgeCase): RateLimit {
  checkOneOf('`rateLimited` has no edge case', name, Object.keys(edgeCases))
  return edgeCases[name]
}
