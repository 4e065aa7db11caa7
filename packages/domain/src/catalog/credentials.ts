import type { Platform } from './platforms.ts'

/** How an integration authenticates at its platform. */
export type AuthType = keyof typeof authTypes

// An integration needs the keys of its auth type and the keys of its platform (existing backend: credentials).
const authTypes = {
  api_key: ['api_key'],
  oauth2: ['client_id', 'client_secret'],
  basic: ['username', 'password'],
  bearer: ['token'],
  custom: [],
} as const satisfies Record<string, readonly string[]>

const platformKeys = {
  // The existing backend requires the address of Jira in `url`, besides `base_url`. Tickets are filed in the project
  // `project_key`. With auth type `api_key`, Jira needs no `api_key`, because it authenticates with `api_token`.
  jira: { keys: ['email', 'api_token'], optional: ['url', 'project_key', 'issue_type'], replaces: { api_key: [] } },
  servicenow: { keys: ['instance_url', 'username', 'password'] },
  zendesk: { keys: ['subdomain', 'email', 'api_token'] },
  freshdesk: { keys: [] },
  salesforce: { keys: ['client_id', 'client_secret', 'instance_url'] },
  hubspot: { keys: [] },
  slack: { keys: ['bot_token', 'channel'] },
  teams: { keys: ['webhook_url'] },
  email: { keys: ['smtp_host', 'smtp_port', 'username', 'password'] },
  sms: { keys: [] },
  zoom: { keys: ['client_id', 'client_secret'] },
  asana: { keys: [] },
  trello: { keys: [] },
  github: { keys: ['token', 'organization'] },
  webhook: { keys: ['url'] },
} as const satisfies Record<
  Platform,
  {
    readonly keys: readonly string[]
    readonly optional?: readonly string[]
    readonly replaces?: Partial<Record<AuthType, readonly string[]>>
  }
>

/** All auth types; the first is the default. */
// Object.keys is typed string[]; the table is closed.
export const AUTH_TYPES: readonly AuthType[] = /* @__PURE__ */ Object.keys(authTypes) as AuthType[]

/** A key that the credentials of a platform must have with an auth type. */
export type CredentialKey<P extends Platform, A extends AuthType> =
  | (typeof platformKeys)[P]['keys'][number]
  | ((typeof platformKeys)[P] extends { replaces: { [K in A]: readonly (infer Key)[] } }
      ? Key
      : (typeof authTypes)[A][number])

/** An optional key of the credentials of a platform. */
export type OptionalCredentialKey<P extends Platform> = (typeof platformKeys)[P] extends {
  optional: readonly (infer Key)[]
}
  ? Key
  : never

/** The required and the optional keys of the credentials of a platform with an auth type. */
export type CredentialKeys<P extends Platform, A extends AuthType> = Record<CredentialKey<P, A> & string, unknown> & {
  [K in OptionalCredentialKey<P> & string]?: unknown
}

/**
 * The credentials that a platform needs with an auth type: `CredentialsOf<'slack', 'custom'>` is
 * `{ bot_token: string; channel: string }`. Further keys are allowed and stored.
 */
export type CredentialsOf<P extends Platform, A extends AuthType = 'api_key'> = {
  [K in keyof CredentialKeys<P, A>]: K extends 'smtp_port' ? string | number : string
}

/** The keys that the credentials of a platform must have with an auth type; keys of the platform first. */
export function credentialKeys(platform: Platform, authType: AuthType): readonly string[] {
  const row: { keys: readonly string[]; replaces?: Partial<Record<AuthType, readonly string[]>> } =
    platformKeys[platform]
  return [...new Set([...row.keys, ...(row.replaces?.[authType] ?? authTypes[authType])])]
}

/**
 * Whether a value has the type that a key of credentials requires: a string, or an integer for `smtp_port`. Null is accepted,
 * and so is any value of a key that is never required.
 */
export function fitsCredential(key: string, value: unknown): boolean {
  if (!CREDENTIAL_KEYS.includes(key) || value === null || typeof value === 'string') return true
  return key === 'smtp_port' && Number.isSafeInteger(value)
}

const CREDENTIAL_KEYS: readonly string[] = /* @__PURE__ */ [
  ...Object.values(authTypes).flat(),
  ...Object.values(platformKeys).flatMap(({ keys }) => keys),
]

/** The required keys that are absent, null or blank. Returns keys only, never a value. */
export function missingCredentials(
  platform: Platform,
  authType: AuthType,
  credentials: Readonly<Record<string, unknown>>,
): readonly string[] {
  return credentialKeys(platform, authType).filter((key) => {
    const value = Object.hasOwn(credentials, key) ? credentials[key] : undefined
    return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
  })
}
