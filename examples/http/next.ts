import ky from 'ky'

/**
 * Replies come from the data cache of Next.js for some seconds. Only for clients that do nothing but read: a client that
 * writes reads the row again to verify it, and would get the old one.
 */
export const cachedByNext = (seconds: number) => {
  const options = { cache: 'force-cache', next: { revalidate: seconds, tags: ['tickets'] } } as const
  return ky.extend(options)
}
