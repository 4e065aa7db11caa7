/** Where the rules are written, for whoever wants to read more than the title of a case. */
export const SOURCES = {
  contract: 'docs/openapi: paths',
  fields: 'docs/openapi: schemas',
  refusals: 'docs/openapi: responses',
  headers: 'packages/reference-api/README.md, Headers',
  lists: 'packages/reference-api/README.md, Lists',
  repeats: 'packages/reference-api/README.md, Sending twice',
  generations: 'packages/reference-api/README.md, Generations',
  platforms: 'packages/reference-api/README.md, Tickets on platforms',
  checks: 'packages/reference-api/README.md, Health checks',
  status: 'packages/domain/README.md, Platforms and status',
  names: 'packages/domain/README.md, Names and ids',
  moving: 'docs/migration.md',
} as const
