import type { Clock } from '../../ports/ports.ts'
import { ALL, type Middleware, type Row } from '../hooks.ts'
import { rateLimitHeaders } from '../rate-limit-headers.ts'
import { type RateLimit, withDefaults } from '../rate-limit-option.ts'

/** The rate limiter, which runs before everything else. */
export const rateLimits: readonly Row[] = [
  {
    id: 'rate-limit-of-its-own-shape',
    profiles: ALL,
    source: 'rate-limits',
    summary:
      'Too many calls: 429 without `detail`, before any other check. A call counts only if it is the first of its client in a second.',
    note: 'Off without the option `rateLimit`; then no reply has rate-limit headers. The texts are not recorded, and `retry_after` is the whole window.',
    middleware: (policy, clock) => (policy === undefined ? (_request, next) => next() : limitCalls(policy, clock)),
  },
]

function limitCalls(policy: RateLimit, clock: Clock): Middleware {
  const { limit, window } = withDefaults(policy)
  const secondsOf = new Map<string, readonly number[]>()

  return async (request, next) => {
    const now = Math.floor(clock().getTime() / 1000)
    const client = clientOf(request)
    const seconds = (secondsOf.get(client) ?? []).filter((second) => second > now - window)
    if (seconds.length >= limit) return refuse(limit, window, now)

    const counted = seconds.at(-1) === now ? seconds : [...seconds, now]
    secondsOf.set(client, counted)
    return withHeaders(
      await next(),
      rateLimitHeaders({ limit, remaining: limit - counted.length, reset: now + window }),
    )
  }
}

const clientOf = (request: Request): string => request.headers.get('X-Forwarded-For')?.split(',')[0]?.trim() ?? ''

function withHeaders(reply: Response, headers: Readonly<Record<string, string>>): Response {
  for (const [name, value] of Object.entries(headers)) reply.headers.set(name, value)
  return reply
}

function refuse(limit: number, window: number, now: number): Response {
  const body = {
    error: 'Rate limit exceeded',
    message: `Too many requests; try again in ${window} seconds`,
    limit,
    remaining: 0,
    reset_time: now + window,
    retry_after: window,
  }
  const headers = { ...rateLimitHeaders({ limit, remaining: 0, reset: now + window }), 'Retry-After': String(window) }
  return withHeaders(Response.json(body, { status: 429 }), headers)
}
