/** How often a client may call. */
export interface RateLimit {
  /** Calls per window. Default: 1000. */
  readonly limit?: number
  /** The length of a window, in seconds. Default: 3600. */
  readonly window?: number
}

/** A rate limit with its defaults, also for members that are `undefined`. */
export const withDefaults = ({ limit = 1000, window = 3600 }: RateLimit): Required<RateLimit> => ({ limit, window })
