import { didYouMean, suggestValue } from '../../problems/did-you-mean.ts'
import { ownValue, pick } from '../../schema/json.ts'
import { oneOf } from '../../schema/json-type.ts'
import { change, type Upgraded } from './change.ts'

// The values of `integration_type`, as of 2025-09-06, with their categories (existing backend: old and new names).
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

/** A value of `integration_type`, as of 2025-09-06. */
export type LegacyIntegrationType = keyof typeof types

/** The values of `integration_type`, as of 2025-09-06. The list never grows. */
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
    integration_type: { replacement: 'platform_name', type: oneOf(LEGACY_INTEGRATION_TYPES) },
  },
  current: pair,

  upgrade(old, { part, stored }): Upgraded {
    const value = old['integration_type']
    if (value === null) return { fields: { integration_category: null, platform_name: null } }

    // A value from a reply can be sent back, also for a row whose platform or category is unknown here.
    if (stored !== undefined && value === ownValue(stored, 'platform_name')) return { fields: pick(stored, pair) }

    // The retired field is lenient: `JIRA` and ` Jira ` mean `jira`.
    const platform = typeof value === 'string' ? value.trim().toLowerCase() : value
    const category = categoryOf(platform)
    if (category !== undefined) return { fields: { integration_category: category, platform_name: platform } }

    if (part === 'reply') return { fields: { platform_name: value } }
    return { issues: [unknownType(value)] }
  },

  downgrade(current, { part }) {
    const { integration_category: category, platform_name: platform } = current
    if (platform === undefined) return undefined
    if (platform === null) return (category ?? null) === null ? { integration_type: null } : undefined

    // If the platform was never an `integration_type`, or its category has changed, a reply shows the platform name, because
    // old clients need some value. A request keeps the new fields, because a legacy backend would refuse the value.
    const expected = categoryOf(platform)
    const isExpressible = expected !== undefined && (category === undefined || category === expected)
    return isExpressible || part === 'reply' ? { integration_type: platform } : undefined
  },
})

function unknownType(value: unknown) {
  const suggestion = typeof value === 'string' ? suggestValue(value, LEGACY_INTEGRATION_TYPES) : undefined
  return {
    type: 'enum',
    field: 'integration_type',
    msg: `\`integration_type\` must be one of ${LEGACY_INTEGRATION_TYPES.join(', ')}${didYouMean(suggestion)}`,
    code: 'unknown_platform',
    ...(suggestion !== undefined && { replacement: suggestion }),
  } as const
}
