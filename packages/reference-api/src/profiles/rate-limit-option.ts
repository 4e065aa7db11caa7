/** How often a client may call. */
export interface RateLimit {
  /** Calls per window. Default: 1000. */
  readonly limit?: number
  /** In seconds. Default: 3600. */
  readonly window?: number
}

export const DEFAULT_RATE_LIMIT = { limit: 1000, window: 3600 }
