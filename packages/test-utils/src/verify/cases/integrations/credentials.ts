import { AUTH_TYPES, type AuthType, credentialKeys, PLATFORMS, type Platform } from '@ai-ticket-creator/domain'
import type { ContractCase, Step } from '../../model/case.ts'
import { createIntegration, credentialsOf, integrationBody } from '../../model/request-bodies.ts'
import { SPEC } from '../../model/spec-references.ts'

const endpoint = 'integrations.create'

/** Credentials of integrations, by platform and auth type. */
export const credentialsCases: readonly ContractCase[] = [
  ...PLATFORMS.filter((platform) => credentialKeys(platform, 'api_key').length > 0).map(
    (platform): ContractCase => credentialsCase(platform, 'api_key'),
  ),
  // HubSpot requires no keys of its own, so these are the keys of the auth type.
  ...AUTH_TYPES.filter((authType) => credentialKeys('hubspot', authType).length > 0 && authType !== 'api_key').map(
    (authType): ContractCase => credentialsCase('hubspot', authType),
  ),
  ...AUTH_TYPES.map(
    (authType): ContractCase => ({
      id: `auth-types/${authType}`,
      title: `An integration can use the auth type \`${authType}\``,
      endpoint,
      specReference: SPEC.fields,
      request: ({ tag }) => ({
        endpoint,
        body: integrationBody(tag, 'hubspot', {
          auth_type: authType,
          credentials: credentialsOf(tag, 'hubspot', authType),
        }),
      }),
      expect: { body: { auth_type: authType } },
    }),
  ),
  {
    id: 'integrations.create/credentials-updated-at',
    title: '`credentials_updated_at` is returned, the credentials are not',
    endpoint,
    specReference: SPEC.fields,
    request: ({ tag }) => createIntegration(tag),
    expect: {
      check: ({ fields }) =>
        typeof fields['credentials_updated_at'] === 'string' && !Object.hasOwn(fields, 'credentials')
          ? undefined
          : {
              expected: '`credentials_updated_at` and no `credentials`',
              actual: 'no `credentials_updated_at`, or `credentials` in the reply',
            },
    },
  },
]

/** Each required key, once missing, once null and once blank. */
function credentialsCase(platform: Platform, authType: AuthType): ContractCase {
  const keys = credentialKeys(platform, authType)
  const step = (key: string, value: unknown): Step => ({
    request: ({ tag }) => ({
      endpoint,
      body: integrationBody(tag, platform, {
        auth_type: authType,
        credentials: { ...credentialsOf(tag, platform, authType), [key]: value },
      }),
    }),
    expect: { code: 'credentials_incomplete', at: `body.credentials.${key}` },
  })
  const [first, ...rest] = keys.flatMap((key) => [undefined, null, ' '].map((value) => step(key, value)))
  if (first === undefined) throw new TypeError(`${platform} needs no credentials with ${authType}`)
  return {
    id: `credentials/${platform}-${authType}`,
    title: `Credentials of \`${platform}\` with \`${authType}\` require a non-blank ${keys.map((key) => `\`${key}\``).join(', ')}`,
    endpoint,
    specReference: SPEC.fields,
    ...first,
    next: rest,
  }
}
