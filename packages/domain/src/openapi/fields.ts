import { AUTH_TYPES, type AuthType, credentialKeys } from '../catalog/credentials.ts'
import { PLATFORMS } from '../catalog/platforms.ts'
import { fieldComments } from './comments.ts'
import type { JsonSchema } from './document.ts'

/** Adds the comments of the fields as descriptions. The description of a retired field, which names its replacement, stays. */
export function describeFields(name: string, schema: JsonSchema): JsonSchema {
  const { properties } = schema
  // The schema `CreateIntegration` has the comments of the interface `CreateIntegrationBody`.
  const { [name === 'CreateIntegration' ? 'CreateIntegrationBody' : name]: comments = {} } = fieldComments
  if (properties === undefined) return schema
  return {
    ...schema,
    properties: Object.fromEntries(
      Object.entries(properties).map(([field, property]) => {
        const description = [comments[field], ...(field === 'credentials' ? [describeCredentials()] : [])]
          .filter(Boolean)
          .join(' ')
        return [field, description === '' ? property : { description, ...property }]
      }),
    ),
  }
}

/** The keys that credentials need, as a sentence. The auth type `custom` adds no key to those of the platform. */
function describeCredentials(): string {
  const platformRows = PLATFORMS.map((platform) => [platform, credentialKeys(platform, 'custom')] as const)
  const authTypeRows = AUTH_TYPES.map((type) => [type, keysOf(type)] as const)
  const withoutApiKey = PLATFORMS.filter((platform) => !credentialKeys(platform, 'api_key').includes('api_key'))
  return `By platform: ${formatRows(platformRows)}. By \`auth_type\`: ${formatRows(authTypeRows)}; ${withoutApiKey.map(code).join(', ')} needs no \`api_key\`.`
}

/** The keys that an auth type adds to the keys of a platform. */
function keysOf(type: AuthType): readonly string[] {
  const added = PLATFORMS.flatMap((platform) => {
    const platformKeys = credentialKeys(platform, 'custom')
    return credentialKeys(platform, type).filter((key) => !platformKeys.includes(key))
  })
  return [...new Set(added)]
}

const code = (name: string): string => `\`${name}\``

const formatRows = (rows: readonly (readonly [string, readonly string[]])[]): string =>
  rows.map(([name, keys]) => `${code(name)}: ${keys.length === 0 ? 'none' : keys.map(code).join(', ')}`).join('; ')
