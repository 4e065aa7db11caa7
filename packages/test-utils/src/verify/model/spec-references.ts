/** Where the rules are documented: file and heading, from the root of the repository. */
export const SPEC = {
  contract: 'docs/openapi: paths',
  fields: 'docs/openapi: schemas',
  refusals: 'docs/openapi: responses',
  headers: 'packages/reference-api/README.md#headers',
  lists: 'packages/reference-api/README.md#lists',
  idempotency: 'packages/reference-api/README.md#idempotency',
  generations: 'packages/reference-api/README.md#generations',
  platforms: 'packages/reference-api/README.md#tickets-on-platforms',
  healthChecks: 'packages/reference-api/README.md#health-checks',
  status: 'packages/domain/README.md#platforms-and-status',
  names: 'packages/domain/README.md#names-and-ids',
  migration: 'docs/migration.md',
} as const
