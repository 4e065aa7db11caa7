import type { ResolvedIntegration, UnresolvedIntegration } from '@ai-ticket-creator/domain'
import {
  AmbiguousIntegrationError,
  IntegrationNotFoundError,
  IntegrationUnusableError,
} from '../../errors/integration-errors.ts'

/**
 * The integration that a name was resolved to.
 *
 * @throws IntegrationNotFoundError, IntegrationUnusableError, AmbiguousIntegrationError
 */
export function unwrap(
  resolved: ResolvedIntegration | UnresolvedIntegration,
  integrationName: string | undefined,
): ResolvedIntegration {
  if (resolved.code === undefined) return resolved
  switch (resolved.code) {
    case 'integration_not_found':
      throw new IntegrationNotFoundError(resolved.message, { integrationName })
    case 'integration_unusable':
      throw new IntegrationUnusableError(resolved.message, {
        integrationName,
        id: resolved.id,
        reason: resolved.reason,
      })
    case 'ambiguous_integration_name':
      throw new AmbiguousIntegrationError(resolved.message, { integrationName, candidates: resolved.candidates })
  }
}
