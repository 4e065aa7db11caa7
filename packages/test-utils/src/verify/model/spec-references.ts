/** Where the rules are documented: pages of the published packages, which their users can open. */
const README = {
  domain: 'https://www.npmjs.com/package/@ai-ticket-creator/domain',
  referenceApi: 'https://www.npmjs.com/package/@ai-ticket-creator/reference-api',
} as const

export const SPEC = {
  contract: `${README.domain}#openapi-documents`,
  fields: `${README.domain}#openapi-documents`,
  refusals: `${README.domain}#openapi-documents`,
  headers: `${README.referenceApi}#headers`,
  lists: `${README.referenceApi}#lists`,
  idempotency: `${README.referenceApi}#idempotency`,
  generations: `${README.referenceApi}#generations`,
  platforms: `${README.referenceApi}#tickets-on-platforms`,
  healthChecks: `${README.referenceApi}#health-checks`,
  status: `${README.domain}#platforms-and-status`,
  names: `${README.domain}#names-and-ids`,
  migration: `${README.domain}#old-and-new-names`,
} as const
