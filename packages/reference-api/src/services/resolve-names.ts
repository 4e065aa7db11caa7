import {
  type Generation,
  type Lookup,
  resolveIntegrationName,
  type UnresolvedIntegration,
} from '@ai-ticket-creator/domain'
import { ProblemError } from '../errors/problem-error.ts'
import type { Store } from '../ports/ports.ts'
import type { IntegrationRow } from '../ports/rows.ts'

/**
 * Resolves the integration names of a request. Throws for the first name without a usable integration; in a query, an
 * unusable integration is accepted.
 */
export async function resolveNames(
  lookups: readonly Lookup[],
  {
    store,
    organizationId,
    generation,
  }: { readonly store: Store; readonly organizationId: string; readonly generation: Generation },
  part: 'body' | 'query',
): Promise<(name: string) => string | undefined> {
  const ids = new Map<string, string>()
  for (const { name } of lookups) {
    const rows = await store.integrations.findByNameOrPlatform(organizationId, name)
    const resolved = resolveIntegrationName(name, rows.map(toCandidate), { legacyOnly: generation === 'legacy' })
    // A filter may name an integration that can no longer file tickets.
    const found = resolved.code === undefined || (part === 'query' && resolved.code === 'integration_unusable')
    if (!found) throw toProblemError(resolved)
    ids.set(name, resolved.id)
  }
  return (name) => ids.get(name)
}

/** A row as a candidate of the name resolver. */
export const toCandidate = ({ id, name, platform_name, status, deleted_at }: IntegrationRow) => ({
  id,
  name,
  platform_name,
  status,
  deleted: deleted_at !== null,
})

/** The refusal of a name or id that has no usable integration. */
export function toProblemError(problem: UnresolvedIntegration): ProblemError {
  const { message } = problem
  switch (problem.code) {
    case 'integration_not_found':
      return new ProblemError(problem.code, message)
    case 'integration_unusable':
      return new ProblemError(problem.code, message, { reason: problem.reason })
    case 'ambiguous_integration_name':
      return new ProblemError(problem.code, message, { candidates: problem.candidates })
  }
}
