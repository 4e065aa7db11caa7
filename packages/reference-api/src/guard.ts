import type { Ports } from './call.ts'

/**
 * The ports that work outside: what was written before them stays, so their failure is told to the deployment and does
 * not become the caller's. A platform that failed in the middle may or may not have the ticket.
 */
export function guard(
  { external, afterCommit }: Ports,
  report: (error: unknown) => void,
): Pick<Ports, 'external' | 'afterCommit'> {
  return {
    external: async (ticket, integration) => {
      try {
        return await external(ticket, integration)
      } catch (error) {
        report(error)
        return { outcome: 'unknown' }
      }
    },
    // An async function fits the port too; its failure would be nobody's.
    afterCommit: (due) => void new Promise((resolve) => resolve(afterCommit(due))).catch(report),
  }
}
