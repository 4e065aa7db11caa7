import type { AuthType, CredentialsOf } from '../catalog/credentials.ts'
import type { CategoryOf, Platform } from '../catalog/platforms.ts'
import type { IntegrationSettings } from '../entities/integration-requests.ts'
import { InvalidInputError } from '../problems/problems.ts'
import type { LegacyIntegrationType } from '../versioning/changes/integration-type-to-category-and-platform.ts'
import { parseCurrentBody } from './parse-current.ts'

/** A new integration on one platform, with the credentials of one auth type. Exported because compiler errors name it. */
export interface CreateIntegrationOn<P extends Platform, A extends AuthType>
  extends Omit<IntegrationSettings, 'credentials'> {
  /** Not blank, at most 255 characters. Names are not unique. */
  name: string
  /** The platform where tickets are filed, such as `jira`. */
  platform_name: P
  /** The category of the platform. May be omitted; any other category is invalid. */
  integration_category?: CategoryOf<P>
  /** All keys that the platform and the auth type require. The whole field can be left out and set later by an update. */
  credentials?: CredentialsOf<P, A>
}

/** The field `auth_type`: it may be left out for `api_key`, the default. */
export type AuthTypeField<A extends AuthType> = 'api_key' extends A ? { auth_type?: A } : { auth_type: A }

/**
 * A member of the union that matches no value. This member improves compiler errors: an error in `credentials` is reported
 * for the platform that `platform_name` selects, not for all platforms at once.
 */
export interface CreateIntegrationOnNone<A extends AuthType> extends Omit<IntegrationSettings, 'credentials'> {
  name: string
  platform_name: never
  integration_category?: never
  auth_type?: A
  credentials?: Record<string, unknown>
}

/** The retired names, which a new integration cannot have. */
export interface WithoutRetiredNames {
  /** @deprecated Use `platform_name`. */
  integration_type?: never
  /** @deprecated Use `enabled`. */
  is_enabled?: never
}

/**
 * A new integration: one member per platform, so that the compiler checks category and credentials. Declare variables with
 * `satisfies CreateIntegration`. For a platform that is known only at run time, use `parseCreateIntegration`.
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
  | { [K in A]: { [P in Platform]: CreateIntegrationOn<P, K> & AuthTypeField<K> & WithoutRetiredNames }[Platform] }[A]
  | (CreateIntegrationOnNone<A> & WithoutRetiredNames)

/** A platform that `integration_type` supports. Platforms that were added later have no `integration_type`. */
export type LegacyPlatform = Extract<Platform, LegacyIntegrationType>

/** A new integration on one platform, with `integration_type`. */
export interface LegacyCreateIntegrationOn<P extends LegacyPlatform, A extends AuthType>
  extends Omit<CreateIntegrationOn<P, A>, 'platform_name' | 'integration_category'> {
  /** @deprecated Use `platform_name`. */
  integration_type: P
  /** The platform where tickets are filed, such as `jira`. */
  platform_name?: P
  integration_category?: CategoryOf<P>
  /** @deprecated Use `enabled`. */
  is_enabled?: boolean
}

/** A new integration on one platform, with `platform_name` and optionally `is_enabled`. */
export interface MixedCreateIntegrationOn<P extends LegacyPlatform, A extends AuthType>
  extends CreateIntegrationOn<P, A> {
  // `never`: input whose `integration_type` is a union is then checked only against the members that have that field.
  /** @deprecated Use `platform_name`. */
  integration_type?: never
  /** @deprecated Use `enabled`. */
  is_enabled?: boolean
}

/**
 * A new integration with retired names, alone or beside the current ones. The SDK converts the input to the fields of the
 * backend.
 *
 * @deprecated `integration_type` is now `platform_name`, `is_enabled` is `enabled`.
 */
export type LegacyCreateIntegration<A extends AuthType = AuthType> =
  | {
      [K in A]: {
        [P in LegacyPlatform]: (LegacyCreateIntegrationOn<P, K> | MixedCreateIntegrationOn<P, K>) & AuthTypeField<K>
      }[LegacyPlatform]
    }[A]
  | (CreateIntegrationOnNone<A> & { integration_type?: never; is_enabled?: boolean })

/**
 * Checks input whose platform is known only at run time, such as a configuration file. Retired names are refused; the
 * issue contains the replacement.
 *
 * @throws InvalidInputError with one issue per field. The error contains no values of the input.
 */
export function parseCreateIntegration(input: unknown): CreateIntegration {
  const { body, issues } = parseCurrentBody('integrations.create', input)
  if (issues.length > 0) throw new InvalidInputError(issues)
  // The cast is safe: the parser has checked platform, category and credentials.
  return body as unknown as CreateIntegration
}
