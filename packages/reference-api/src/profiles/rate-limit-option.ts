/** How often a client may call. */
export interface RateLimit {
  /** Default: 1000. */
  readonly limit?: number
  /** In seconds. Default: 3600. */
  readonly window?: number
}
