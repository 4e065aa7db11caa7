import type { PlatformReply } from './send.ts'

/** Whether the platform refused the request because of too many requests. GitHub answers with 403. */
export const isRateLimited = ({ status, headers }: PlatformReply): boolean =>
  status === 429 ||
  (status === 403 && (headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0'))

/** Parses the body as JSON. Returns undefined if it is not JSON. */
export function parseJson({ body }: PlatformReply): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
