import type { Ports } from './handler.ts'

/**
 * The ports that work outside: their failure is told to the deployment and does not become the caller's. Nobody knows how
 * far they came: a platform that failed in the middle may or may not have the ticket, and a check that broke says nothing
 * about the integration. The drafter and the fields come before anything is written: their failure is a 500.
 */
export function guard(
  { external, health, sync }: Ports,
  report: (error: unknown) => void,
): Pick<Ports, 'external' | 'health' | 'sync'> {
  const orElse =
    <Args extends readonly unknown[], Result>(work: (...args: Args) => Promise<Result>, unknown: Result) =>
    async (...args: Args): Promise<Result> => {
      try {
        return await work(...args)
      } catch (error) {
        report(error)
        return unknown
      }
    }
  return {
    external: orElse(external, { outcome: 'unknown' }),
    health: orElse(health, { outcome: 'timeout' }),
    sync: orElse(sync, { outcome: 'failed', processed: 0, created: 0, updated: 0, failed: 0 }),
  }
}
