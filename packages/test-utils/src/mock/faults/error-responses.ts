import { GENERATIONS, type Generation, type ProblemCode, problems } from '@ai-ticket-creator/domain'
import { checkWord } from '../../core/check-options.ts'
import type { Fault } from './fault.ts'

/**
 * The API refuses: with a code of `problems` in `@ai-ticket-creator/domain` and the status that belongs to it, or with a
 * status from 400 to 599. It never sees the request.
 *
 * ```ts
 * api.faults.add({ endpoint: 'tickets.update', fault: failWith('version_conflict'), times: 1 })
 * ```
 *
 * @throws RangeError for another status or an unknown code.
 */
export function failWith(what: ProblemCode | number): Fault {
  const { status, problem } = typeof what === 'number' ? byStatus(what) : byCode(what)
  return { name: `failWith(${what})`, act: ({ refuse }) => refuse(status, problem) }
}

interface Refused {
  readonly status: number
  readonly problem: Readonly<Record<string, unknown>>
}

function byStatus(status: number): Refused {
  if (!(Number.isInteger(status) && status >= 400 && status <= 599))
    throw new RangeError(`\`failWith\` takes a status from 400 to 599, not ${status}`)

  // Object.keys is typed string[]; the table is closed.
  const codes = Object.keys(problems) as ProblemCode[]
  const code = codes.find((one) => problems[one].status === status)
  if (code !== undefined) return byCode(code)
  const detail = `injected: ${status}`
  return { status, problem: status >= 500 ? { detail, code: 'internal' } : { detail } }
}

function byCode(code: ProblemCode): Refused {
  checkWord('`failWith` takes a code of `problems`, not', code, Object.keys(problems))

  const { status, item }: { status: number; item?: true } = problems[code]
  const detail = `injected: ${code}`
  if (item === undefined) return { status, problem: { detail, code } }
  // Codes of a field stand in a list.
  const issue = { type: 'value_error', loc: ['body'], msg: detail, code }
  return { status, problem: { detail: [issue], code: 'validation_failed' } }
}

/** A proxy on the way answers with a page for people. The API never sees the request. */
export const answerHtml = (status = 502): Fault => ({
  name: `answerHtml(${status})`,
  act: async () =>
    new Response(`<!DOCTYPE html><html><body><h1>${status}</h1><p>The service is not available.</p></body></html>\n`, {
      status,
      headers: { 'Content-Type': 'text/html; charset=utf-8' },
    }),
})

/** How a rate limit says when to come back. */
export interface RateLimit {
  /** Seconds, a date, or any text: the header is sent as it is given. Default: 1. */
  readonly retryAfter?: number | string | Date
  /** The advice stands in the body only; the header is not sent. Default: false. */
  readonly bodyOnly?: boolean
}

/** Too many calls: 429 with its `Retry-After`. `oddRetryAfters` has what clients stumble over. */
export function limitRate({ retryAfter = 1, bodyOnly = false }: RateLimit = {}): Fault {
  const advice = retryAfter instanceof Date ? retryAfter.toUTCString() : String(retryAfter)
  return {
    name: `limitRate(${advice}${bodyOnly ? ', in the body only' : ''})`,
    act: ({ refuse, now }) => {
      const reset = Math.ceil(now().getTime() / 1000) + (Number.parseInt(advice, 10) || 0)
      const headers = { 'X-RateLimit-Limit': '1000', 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': String(reset) }
      // CONTRACT §4: the limiter has a form of its own; `detail` and `code` come on top.
      const problem = {
        error: 'Rate limit exceeded',
        message: 'Too many requests',
        limit: 1000,
        remaining: 0,
        reset_time: reset,
        retry_after: typeof retryAfter === 'number' ? retryAfter : advice,
        detail: 'too many calls; wait for Retry-After',
        code: 'rate_limited',
      }
      return refuse(429, problem, bodyOnly ? headers : { ...headers, 'Retry-After': advice })
    },
  }
}

/** Ways to say `Retry-After` that clients stumble over, for `limitRate`. */
export const oddRetryAfters = {
  absurd: { retryAfter: 4_102_444_800 },
  negative: { retryAfter: -30 },
  zero: { retryAfter: 0 },
  fraction: { retryAfter: '1.5' },
  garbage: { retryAfter: 'soon' },
  empty: { retryAfter: '' },
  date: { retryAfter: new Date('2099-12-31T23:59:59Z') },
  'date in the past': { retryAfter: new Date('2001-01-01T00:00:00Z') },
  'body only': { retryAfter: 1, bodyOnly: true },
} as const satisfies Record<string, RateLimit>

/** A roll-out or a rollback in mid-process: from this request on, this one included, the API speaks other words. */
export function flipGeneration(to: Generation): Fault {
  checkWord('`flipGeneration` takes a generation, not', to, GENERATIONS)
  return {
    name: `flipGeneration(${to})`,
    act: async ({ next, switchGeneration }) => {
      switchGeneration(to)
      return next()
    },
  }
}
