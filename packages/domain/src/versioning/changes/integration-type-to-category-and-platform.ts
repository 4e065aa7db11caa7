import * as z from 'zod/mini'
import { didYouMean, suggestValue } from '../../problems/did-you-mean.ts'
import { own, pick } from '../../schema/json.ts'
import { change, type Upgraded } from './change.ts'

// As it stood on 2025-09-06 (CONTRACT §4). Platforms that came later were never an integration_type.
const types = {
  jira: 'ticketing',
  servicenow: 'ticketing',
  zendesk: 'ticketing',
  freshdesk: 'ticketing',
  salesforce: 'crm',
  hubspot: 'crm',
  slack: 'messaging',
  teams: 'messaging',
  email: 'communication',
  sms: 'communication',
  zoom: 'communication',
  asana: 'project_management',
  trello: 'project_management',
  github: 'code_repository',
  webhook: 'webhook',
} as const

/** A word of `integration_type`, as they stood on 2025-09-06. */
export type LegacyIntegrationType = keyof typeof types

/** The words of `integration_type`, as they stood on 2025-09-06: the list does not grow. */
// Object.keys is typed string[]; the table is closed.
export const LEGACY_INTEGRATION_TYPES: readonly LegacyIntegrationType[] = Object.keys(types) as LegacyIntegrationType[]

const pair = ['integration_category', 'platform_name'] as const
const categoryOf = (platform: unknown): unknown =>
  typeof platform === 'string' && Object.hasOwn(types, platform) ? types[platform as LegacyIntegrationType] : undefined

export const integrationTypeToCategoryAndPlatform = change({
  id: 'integration-type-to-category-and-platform',
  kind: 'split',
  summary: '`integration_type` is now `integration_category` and `platform_name`.',
  deprecated: '2025-09-06',
  endpoints: {
    body: ['integrations.create', 'integrations.update'],
    query: ['integrations.list', 'integrations.listActive'],
    reply: [
      'integrations.create',
      'integrations.list',
      'integrations.listActive',
      'integrations.retrieve',
      'integrations.update',
      'integrations.setStatus',
      'integrations.fields',
    ],
  },
  retired: {
    integration_type: { replacement: 'platform_name', schema: z.enum(LEGACY_INTEGRATION_TYPES) },
  },
  current: pair,

  upgrade(old, { part, stored }): Upgraded {
    const word = old['integration_type']
    if (word === null) return { fields: { integration_category: null, platform_name: null } }

    // What a reply showed can be sent back, also of a row whose platform or category came from elsewhere.
    if (stored !== undefined && word === own(stored, 'platform_name')) return { fields: pick(stored, pair) }

    // The legacy spelling is forgiving: `JIRA` and ` Jira ` mean `jira`.
    const platform = typeof word === 'string' ? word.trim().toLowerCase() : word
    const category = categoryOf(platform)
    if (category !== undefined) return { fields: { integration_category: category, platform_name: platform } }

    if (part === 'reply') return { fields: { platform_name: word } }
    return { issues: [unknownType(word)] }
  },

  downgrade(current, { part }) {
    const { integration_category: category, platform_name: platform } = current
    if (platform === undefined) return undefined
    if (platform === null) return (category ?? null) === null ? { integration_type: null } : undefined

    // A reply shows the own word of a platform that was never a type, or whose category is another: old clients need
    // one. A request keeps it: nobody would understand it.
    const expected = categoryOf(platform)
    const said = expected !== undefined && (category === undefined || category === expected)
    return said || part === 'reply' ? { integration_type: platform } : undefined
  },
})

function unknownType(word: unknown) {
  const suggestion = typeof word === 'string' ? suggestValue(word, LEGACY_INTEGRATION_TYPES) : undefined
  return {
    type: 'enum',
    field: 'integration_type',
    msg: `\`integration_type\` must be one of ${LEGACY_INTEGRATION_TYPES.join(', ')}${didYouMean(suggestion)}`,
    code: 'unknown_platform',
    ...(suggestion !== undefined && { replacement: suggestion }),
  } as const
}
