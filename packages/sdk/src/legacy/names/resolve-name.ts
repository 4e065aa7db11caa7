import { categoryOf, isPlatform, type ResolvedIntegration, resolveIntegrationName } from '@ai-ticket-creator/domain'
import type { CallContext } from '../../core/call-context.ts'
import { listAllIntegrations } from '../../pagination/list-all.ts'
import { listNamed } from '../../resources/integrations/find-by-name.ts'
import { unwrap } from '../../resources/integrations/unwrap.ts'
import type { IntegrationSummary } from '../../resources/result-types.ts'

/** The integration that a name refers to. `name` is its own name, also if it was found by the name of its platform. */
export interface LookupResult extends ResolvedIntegration {
  readonly name: string
}

/**
 * Finds the integration that a name refers to.
 *
 * @throws IntegrationNotFoundError, AmbiguousIntegrationError, IntegrationUnusableError
 */
export async function resolveName(call: CallContext, name: string): Promise<LookupResult> {
  const candidates = await listCandidates(call, name)
  const legacyOnly = call.dialect.chooseForRead(call) === 'legacy'
  const resolved = unwrap(resolveIntegrationName(name, candidates, { legacyOnly }), name)
  return { ...resolved, name: candidates.find(({ id }) => id === resolved.id)?.name ?? name }
}

/** The integrations with the name. If there are none and the name is that of a platform, the integrations on the platform. */
async function listCandidates(call: CallContext, name: string): Promise<readonly IntegrationSummary[]> {
  const { data: named } = await listNamed(call, name)
  const platform = name.trim().toLowerCase()
  if (named.length > 0 || !isPlatform(platform)) return named

  const query = { integration_category: categoryOf(platform), platform_name: platform }
  return (await listAllIntegrations<IntegrationSummary>(call, query)).data
}
