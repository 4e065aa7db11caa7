import type { Ports } from './handler.ts'

/**
 * The ports that call other systems. When one throws, the error goes to `report` and the result is an unknown outcome:
 * the platform may or may not have the ticket, and a broken check proves nothing about the integration. The ports
 * `drafter` and `fields` run before anything is written, so their failure may be a 500.
 */
export function isolateFailures(
  { external, health, sync }: Ports,
  report: (error: unknown) => void,
): Pick<Ports, 'external' | 'health' | 'sync'> {
  const withFallback =
    <Args extends readonly unknown[], Result>(work: (...args: Args) => Promise<Result>, fallback: Result) =>
    async (...args: Args): Promise<Result> => {
      try {
        return await work(...args)
      } catch (error) {
        report(error)
        return fallback
      }
    }
  return {
    external: withFallback(external, { outcome: 'unknown' }),
    health: withFallback(health, { outcome: 'timeout' }),
    sync: withFallback(sync, { outcome: 'failed', processed: 0, created: 0, updated: 0, failed: 0 }),
  }
}
