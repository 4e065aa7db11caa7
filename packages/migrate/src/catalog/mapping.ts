// The category of each platform, as of 2025-09-06. A migration keeps the mapping that it was written with, even if the
// application adds platforms later, so the table is repeated here. A test compares it with the `integration_type` values of the
// domain.
export const CATEGORY_OF = {
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

/** The labels of the enum `integrationcategory`, in the order of the existing backend. */
export const CATEGORIES = [
  'ticketing',
  'crm',
  'messaging',
  'communication',
  'project_management',
  'code_repository',
  'webhook',
] as const

export const isMapped = (platform: string): platform is keyof typeof CATEGORY_OF => Object.hasOwn(CATEGORY_OF, platform)
