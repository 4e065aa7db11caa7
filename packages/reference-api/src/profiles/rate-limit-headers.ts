/** How much of a rate limit is left. */
export interface RateLimitState {
  readonly limit: number
  readonly remaining: number
  /** When the window ends, in seconds since the epoch. */
  readonly reset: number
}

export const rateLimitHeaders = ({ limit, remaining, reset }: RateLimitState): Readonly<Record<string, string>> => ({
  'X-RateLimit-Limit': String(limit),
  'X-RateLimit-Remaining': String(remaining),
  'X-RateLimit-Reset': String(reset),
})
