import { bearerToken } from '@ai-ticket-creator/domain/internal'
import { ProblemError } from '../errors/problem-error.ts'
import { type RateLimitState, rateLimitHeaders } from '../profiles/rate-limit-headers.ts'
import { type RateLimit, withDefaults } from '../profiles/rate-limit-option.ts'
import { type AppContext, startRequest, toResponse } from './request-context.ts'

type Fetch = (request: Request) => Promise<Response>

/**
 * Refuses the calls of a token that are over the limit of a window. All windows begin at the same times. Calls without a
 * token share one count.
 */
export function limitCalls(app: AppContext, policy: RateLimit, fetch: Fetch): Fetch {
  const { limit, window } = withDefaults(policy)
  let [windowEnd, counts] = [0, new Map<string, number>()]

  return async (request) => {
    const now = app.clock().getTime() / 1000
    if (now >= windowEnd) {
      windowEnd = (Math.floor(now / window) + 1) * window
      counts = new Map()
    }
    const token = bearerToken(request.headers.get('Authorization')) ?? ''
    const count = (counts.get(token) ?? 0) + 1
    counts.set(token, count)

    const state = { limit, remaining: Math.max(0, limit - count), reset: windowEnd }
    const reply = count > limit ? refuse(app, request, state, Math.ceil(windowEnd - now)) : await fetch(request)
    for (const [name, value] of Object.entries(rateLimitHeaders(state))) reply.headers.set(name, value)
    return reply
  }
}

/** With the members of the limiter of the existing backend (existing backend: rate limits). */
function refuse(app: AppContext, request: Request, { limit, reset }: RateLimitState, retryAfter: number): Response {
  const { status, problem } = new ProblemError('rate_limited', `too many calls; try again in ${retryAfter} s`)
  const body = {
    ...problem,
    error: 'Rate limit exceeded',
    message: problem.detail,
    limit,
    remaining: 0,
    reset_time: reset,
    retry_after: retryAfter,
  }
  return toResponse(app, startRequest(app, request), status, body, { 'Retry-After': String(retryAfter) })
}
