import type { UnknownCategory, UnknownPlatform } from '../schema/unknown-values.ts'

/** The seven kinds of third-party platform. */
export const IntegrationCategory = {
  TICKETING: 'ticketing',
  CRM: 'crm',
  MESSAGING: 'messaging',
  COMMUNICATION: 'communication',
  PROJECT_MANAGEMENT: 'project_management',
  CODE_REPOSITORY: 'code_repository',
  WEBHOOK: 'webhook',
} as const
/** The value of a category on the wire: `'ticketing'`, `'crm'`, … */
export type IntegrationCategory = (typeof IntegrationCategory)[keyof typeof IntegrationCategory]

// To add a platform, add its row here and its row of credentials; everything else is derived.
const platforms = {
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
} as const satisfies Record<string, IntegrationCategory>

/** A platform that integrations can be created for. */
export type Platform = keyof typeof platforms

/** The category of a platform, as a type: `CategoryOf<'jira'>` is `'ticketing'`. */
export type CategoryOf<P extends Platform> = (typeof platforms)[P]

/** All platforms, grouped by category in the order of `IntegrationCategory`. */
// Object.keys is typed string[]; the table is closed, so its keys are exactly the platforms.
export const PLATFORMS: readonly Platform[] = /* @__PURE__ */ Object.keys(platforms) as Platform[]

/** Whether a value, from a reply or from user input, is one of the known platforms. Case-sensitive. */
export const isPlatform = (value: Platform | UnknownPlatform | (string & {}) | null | undefined): value is Platform =>
  PLATFORMS.includes(value as Platform)

/** Whether a value is one of the seven categories. Case-sensitive. */
export function isIntegrationCategory(
  value: IntegrationCategory | UnknownCategory | (string & {}) | null | undefined,
): value is IntegrationCategory {
  return Object.values<unknown>(IntegrationCategory).includes(value)
}

/**
 * The category of a platform: `categoryOf('jira')` is `'ticketing'`.
 *
 * @throws RangeError for a value that is not a platform. Check a value from outside with `isPlatform` first.
 */
export function categoryOf<P extends Platform>(platform: P): CategoryOf<P> {
  if (!PLATFORMS.includes(platform)) throw new RangeError(`\`${platform}\` is not a platform`)
  return platforms[platform]
}

/** The platforms of a category: `platformsIn('crm')` is `['salesforce', 'hubspot']`. */
export function platformsIn<C extends IntegrationCategory>(
  category: C,
): readonly { [P in Platform]: CategoryOf<P> extends C ? P : never }[Platform][] {
  type InCategory = { [P in Platform]: CategoryOf<P> extends C ? P : never }[Platform]
  return PLATFORMS.filter((platform): platform is InCategory => platforms[platform] === category)
}
