import { bearerToken } from '@ai-ticket-creator/domain/internal'
import { ProblemError } from '../errors/problem-error.ts'
import { type RateLimitState, rateLimitHeaders } from '../profiles/rate-limit-headers.ts'
import { type RateLimit, withDefaults } from '../profiles/rate-limit-option.ts'
import { type AppContext, startRequest, toResponse } from './request-context.ts'

type Fetch = (request: Request) => Promise<Response>

/**
 * Refuses the calls of a token that exceed the limit of a window. Windows begin at the same times for all tokens. Calls
 * without a token share one count.
 */
export function limitCalls(app: AppContext, policy: RateLimit, fetch: Fetch): Fetch {
  const { limit, window } = withDefaults(policy)
  let [windowEnd, counts] = [0, createCounts()]

  return async (request) => {
    const now = app.clock().getTime() / 1000
    if (now >= windowEnd) {
      windowEnd = (Math.floor(now / window) + 1) * window
      counts = createCounts()
    }
    const current = counts
    const token = toKey(bearerToken(request.headers.get('Authorization')) ?? '')
    const count = current.add(token)

    const state = { limit, remaining: Math.max(0, limit - count), reset: windowEnd }
    const reply = count > limit ? refuse(app, request, state, Math.ceil(windowEnd - now)) : await fetch(request)
    // Only a call with a valid token succeeds.
    if (reply.ok) current.markValid(token)
    for (const [name, value] of Object.entries(rateLimitHeaders(state))) reply.headers.set(name, value)
    return reply
  }
}

/**
 * The counts of a window. Anyone can send any number of invalid tokens, so the number of counts for tokens that never
 * succeeded is limited: the oldest is dropped first. The count of a valid token is never dropped: otherwise its owner could
 * reset the count by sending many invalid tokens.
 */
function createCounts() {
  const valid = new Map<string, number>()
  const unverified = new Map<string, number>()
  return {
    add(token: string): number {
      const counts = valid.has(token) ? valid : unverified
      const count = (counts.get(token) ?? 0) + 1
      counts.set(token, count)
      const [oldest = ''] = unverified.keys()
      if (unverified.size > MAX_UNVERIFIED) unverified.delete(oldest)
      return count
    },
    markValid(token: string): void {
      valid.set(token, Math.max(valid.get(token) ?? 0, unverified.get(token) ?? 1))
      unverified.delete(token)
    },
  }
}

const MAX_UNVERIFIED = 10_000

/** Only the end of a long token is stored. It identifies the token: the end of a JWT is its signature. */
const toKey = (token: string): string => (token.length <= MAX_KEY ? token : `${token.length} ${token.slice(-MAX_KEY)}`)

const MAX_KEY = 128

/** A 429 that also has the members of the existing backend's 429 (existing backend: rate limits). */
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
