import type { AuthType, CredentialsOf } from '../catalog/credentials.ts'
import type { CategoryOf, Platform } from '../catalog/platforms.ts'
import type { IntegrationSettings } from '../entities/integration-requests.ts'
import { InvalidInputError } from '../problems/problems.ts'
import type { LegacyIntegrationType } from '../versioning/changes/integration-type-to-category-and-platform.ts'
import { readBody } from './parse-request.ts'

// A member of the union by platform: named, so that errors name it.
interface ForPlatform<P extends Platform, A extends AuthType> extends Omit<IntegrationSettings, 'credentials'> {
  /** Not blank, at most 255 characters. Names are not unique. */
  name: string
  platform_name: P
  /** Follows from the platform; when given, it has to be the platform's. */
  integration_category?: CategoryOf<P>
  /** The keys that the platform and the auth type need. Without them the integration can be filled in later. */
  credentials?: CredentialsOf<P, A>
}

// Absent means api_key.
type Auth<A extends AuthType> = 'api_key' extends A ? { auth_type?: A } : { auth_type: A }

// A member that no value fits. It keeps the compiler at the member that `platform_name` picks: without it a fault in
// `credentials` is told of all platforms at once.
interface ForNoPlatform<A extends AuthType> extends Omit<IntegrationSettings, 'credentials'> {
  name: string
  platform_name: never
  integration_category?: never
  auth_type?: A
  credentials?: Record<string, unknown>
}

interface WithoutRetired {
  /** @deprecated Use `platform_name`. */
  integration_type?: never
  /** @deprecated Use `enabled`. */
  is_enabled?: never
}

/**
 * A new integration: one member per platform, so that category and credentials fit. Declare variables with
 * `satisfies CreateIntegration`; with a platform that is known only at run time, use `parseCreateIntegration`.
 *
 * ```ts
 * const input = {
 *   name: 'JIRA Production',
 *   platform_name: 'jira',
 *   integration_category: 'ticketing',
 *   credentials: { email: 'bot@example.test', api_token: token },
 * } satisfies CreateIntegration
 * ```
 */
export type CreateIntegration<A extends AuthType = AuthType> =
  | { [K in A]: { [P in Platform]: ForPlatform<P, K> & Auth<K> & WithoutRetired }[Platform] }[A]
  | (ForNoPlatform<A> & WithoutRetired)

// Platforms that came later have no old word.
type OldPlatform = Extract<Platform, LegacyIntegrationType>

interface LegacyForPlatform<P extends OldPlatform, A extends AuthType>
  extends Omit<ForPlatform<P, A>, 'platform_name' | 'integration_category'> {
  /** @deprecated Use `platform_name`. */
  integration_type: P
  platform_name?: P
  integration_category?: CategoryOf<P>
  /** @deprecated Use `enabled`. */
  is_enabled?: boolean
}

// Without an old type, so that a variable of several types meets only the members above.
interface MixedForPlatform<P extends OldPlatform, A extends AuthType> extends ForPlatform<P, A> {
  /** @deprecated Use `platform_name`. */
  integration_type?: never
  /** @deprecated Use `enabled`. */
  is_enabled?: boolean
}

/**
 * A new integration in the old words, or in both: the SDK sends what the backend understands.
 *
 * @deprecated `integration_type` is now `platform_name`, `is_enabled` is `enabled`.
 */
export type LegacyCreateIntegration<A extends AuthType = AuthType> =
  | { [K in A]: { [P in OldPlatform]: (LegacyForPlatform<P, K> | MixedForPlatform<P, K>) & Auth<K> }[OldPlatform] }[A]
  | (ForNoPlatform<A> & { integration_type?: never; is_enabled?: boolean })

/**
 * Checks input whose platform is known only at run time, such as a configuration file. Retired names are refused with
 * their replacement.
 *
 * @throws InvalidInputError with one issue per field; no value of the input is in it.
 */
export function parseCreateIntegration(input: unknown): CreateIntegration {
  const { body, issues } = readBody('integrations.create', input, { generation: 'current' })
  if (issues.length > 0) throw new InvalidInputError(issues)
  // The checks above are those that the union's members state: platform, category, credentials.
  return body as unknown as CreateIntegration
}
