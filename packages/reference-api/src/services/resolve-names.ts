import { type Lookup, resolveIntegrationName, type UnresolvedIntegration } from '@ai-ticket-creator/domain'
import { Refusal } from '../errors/problem-error.ts'
import type { Store } from '../ports/ports.ts'
import type { IntegrationRow } from '../ports/rows.ts'

/** Answers the names in a request; refuses the first that means no integration, or none that can file tickets. */
export async function resolveNames(
  lookups: readonly Lookup[],
  { store, organizationId }: { readonly store: Store; readonly organizationId: string },
  part: 'body' | 'query',
): Promise<(name: string) => string | undefined> {
  const ids = new Map<string, string>()
  for (const { name } of lookups) {
    const rows = await store.integrations.called(organizationId, name)
    const resolved = resolveIntegrationName(name, rows.map(toCandidate))
    // A filter may ask for the tickets of an integration that files none any more.
    const found = resolved.code === undefined || (part === 'query' && resolved.code === 'integration_unusable')
    if (!found) throw unresolved(resolved)
    ids.set(name, resolved.id)
  }
  return (name) => ids.get(name)
}

/** A row as the name resolver sees it. */
export const toCandidate = ({ id, name, platform_name, status, deleted_at }: IntegrationRow) => ({
  id,
  name,
  platform_name,
  status,
  deleted: deleted_at !== null,
})

/** The refusal for a name or id that means no usable integration. */
export function unresolved(problem: UnresolvedIntegration): Refusal {
  const { message } = problem
  switch (problem.code) {
    case 'integration_not_found':
      return new Refusal(problem.code, message)
    case 'integration_unusable':
      return new Refusal(problem.code, message, { reason: problem.reason })
    case 'ambiguous_integration_name':
      return new Refusal(problem.code, message, { candidates: problem.candidates })
  }
}
