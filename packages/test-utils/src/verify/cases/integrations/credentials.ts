import { type AuthType, credentialKeys, type Platform } from '@ai-ticket-creator/domain'
import type { ContractCase, Step } from '../../model/case.ts'
import { credentialsOf, integrationBody } from '../../model/request-bodies.ts'
import { SOURCES } from '../../model/spec-references.ts'

const endpoint = 'integrations.create'

export function credentialsCase(platform: Platform, authType: AuthType): ContractCase {
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
    title: `Credentials of \`${platform}\` with \`${authType}\` need ${keys.map((key) => `\`${key}\``).join(', ')}, and blanks do not count`,
    endpoint,
    source: SOURCES.fields,
    ...first,
    next: rest,
  }
}
