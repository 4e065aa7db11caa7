import { AUTH_TYPES, type AuthType, credentialKeys } from '../catalog/credentials.ts'
import { PLATFORMS } from '../catalog/platforms.ts'
import { fieldComments } from './comments.ts'
import type { JsonSchema } from './document.ts'

/** The schema with the comments of its fields as descriptions. A retired field is already described by its replacement. */
export function describeFields(name: string, schema: JsonSchema): JsonSchema {
  const { properties } = schema
  const { [name === 'CreateIntegration' ? 'CreateIntegrationBody' : name]: comments = {} } = fieldComments
  if (properties === undefined) return schema
  return {
    ...schema,
    properties: Object.fromEntries(
      Object.entries(properties).map(([field, property]) => {
        const about = [comments[field], ...(field === 'credentials' ? [aboutCredentials()] : [])]
          .filter(Boolean)
          .join(' ')
        return [field, about === '' ? property : { description: about, ...property }]
      }),
    ),
  }
}

/** The keys that credentials need, as a sentence. */
function aboutCredentials(): string {
  const ofPlatforms = PLATFORMS.map((platform) => [platform, credentialKeys(platform, 'custom')] as const)
  const ofAuthTypes = AUTH_TYPES.map((type) => [type, keysOf(type)] as const)
  const without = PLATFORMS.filter((platform) => !credentialKeys(platform, 'api_key').includes('api_key'))
  return `By platform: ${formatRows(ofPlatforms)}. By \`auth_type\`: ${formatRows(ofAuthTypes)}; ${without.map(code).join(', ')} needs no \`api_key\`.`
}

/** What an auth type adds to the keys of a platform. */
function keysOf(type: AuthType): readonly string[] {
  const added = PLATFORMS.flatMap((platform) => {
    const own = credentialKeys(platform, 'custom')
    return credentialKeys(platform, type).filter((key) => !own.includes(key))
  })
  return [...new Set(added)]
}

const code = (name: string): string => `\`${name}\``

const formatRows = (rows: readonly (readonly [string, readonly string[]])[]): string =>
  rows.map(([name, keys]) => `${code(name)}: ${keys.length === 0 ? 'none' : keys.map(code).join(', ')}`).join('; ')
