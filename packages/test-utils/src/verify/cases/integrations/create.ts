import { categoryOf, PLATFORMS } from '@ai-ticket-creator/domain'
import { NEW_INTEGRATION } from '@ai-ticket-creator/domain/internal'
import type { ContractCase } from '../../model/case.ts'
import { createIntegration, credentialsOf, integrationBody } from '../../model/request-bodies.ts'
import { SPEC } from '../../model/spec-references.ts'
import { checkUnusedCounters } from './expectations.ts'
import { expectSameAsCreated, readCreated } from './read-back.ts'

const endpoint = 'integrations.create'

/** Creating integrations. */
export const createCases: readonly ContractCase[] = [
  ...PLATFORMS.map(
    (platform): ContractCase => ({
      id: `platforms/${platform}`,
      title: `An integration on \`${platform}\` has category ${categoryOf(platform)}, and is read back as it was returned`,
      endpoint,
      specReference: SPEC.status,
      // Only the credentials that the contract requires.
      request: ({ tag }) => ({
        endpoint,
        body: integrationBody(tag, platform, { credentials: credentialsOf(tag, platform) }),
      }),
      expect: ({ tag }) => ({
        body: {
          ...NEW_INTEGRATION,
          name: tag,
          platform_name: platform,
          integration_category: categoryOf(platform),
          base_url: `https://${platform}.example.test`,
        },
      }),
      next: [readCreated(expectSameAsCreated)],
    }),
  ),
  {
    id: 'integrations.create/minimal',
    title: 'A name and a platform are enough; the category is derived and other fields have their defaults',
    endpoint,
    specReference: SPEC.fields,
    request: ({ tag }) => ({ endpoint, body: { name: tag, platform_name: 'jira' } }),
    expect: {
      body: { ...NEW_INTEGRATION, base_url: null, integration_category: 'ticketing', credentials_updated_at: null },
      check: checkUnusedCounters,
    },
  },
  {
    id: 'integrations.create/null',
    title: 'Null on create counts as absent, also for a field that is not nullable',
    endpoint,
    specReference: SPEC.fields,
    request: ({ tag }) => createIntegration(tag, { environment: null, default_priority: null, region: null }),
    expect: ({ tag }) => ({
      body: {
        name: tag,
        environment: NEW_INTEGRATION.environment,
        default_priority: NEW_INTEGRATION.default_priority,
        region: null,
      },
    }),
  },
  {
    id: 'integrations.create/disabled',
    title: 'An integration created with `enabled: false` is inactive',
    endpoint,
    specReference: SPEC.status,
    request: ({ tag }) => createIntegration(tag, { enabled: false }),
    expect: { body: { enabled: false, status: 'inactive' } },
    next: [readCreated({ body: { enabled: false, status: 'inactive' } })],
  },
  {
    id: 'integrations.create/names-are-not-unique',
    title: 'Two integrations may have the same name',
    endpoint,
    specReference: SPEC.names,
    request: ({ tag }) => [createIntegration(tag), createIntegration(tag)],
    expect: {},
  },
  {
    id: 'integrations.create/trims',
    title: 'Strings of an integration are trimmed',
    endpoint,
    specReference: SPEC.fields,
    request: ({ tag }) => createIntegration(`  ${tag} `, { description: ' described ', region: '\teu ' }),
    expect: ({ tag }) => ({ body: { name: tag, description: 'described', region: 'eu' } }),
  },
  {
    id: 'integrations.create/extra-credentials',
    title: 'Additional credential keys are accepted',
    endpoint,
    specReference: SPEC.fields,
    request: ({ tag }) =>
      createIntegration(tag, { credentials: { ...credentialsOf(tag, 'jira'), project: credentialsOf(tag, 'jira') } }),
    expect: {},
  },
  {
    id: 'integrations.create/empty-description',
    title: 'An empty string is stored where no minimum length is required',
    endpoint: 'integrations.create',
    specReference: SPEC.fields,
    request: ({ tag }) => createIntegration(tag, { description: '', region: '' }),
    expect: { body: { description: '', region: '' } },
  },
  {
    id: 'integrations.create/category-mismatch',
    title: 'A category that contradicts the platform is refused, and the issue names the right one',
    endpoint,
    specReference: SPEC.status,
    since: 'transitional',
    request: ({ tag }) => ({ endpoint, body: { name: tag, platform_name: 'jira', integration_category: 'crm' } }),
    expect: { code: 'category_mismatch', at: 'body.integration_category', replacement: 'ticketing' },
  },
  {
    id: 'integrations.create/category-alone',
    title: 'A category without a platform is refused',
    endpoint,
    specReference: SPEC.status,
    since: 'transitional',
    request: ({ tag }) => ({ endpoint, body: { name: tag, integration_category: 'crm' } }),
    expect: { code: 'platform_required', at: 'body.platform_name' },
  },
  {
    id: 'integrations.create/no-platform',
    title: 'An integration without a platform is refused',
    endpoint,
    specReference: SPEC.status,
    request: ({ tag }) => ({ endpoint, body: { name: tag } }),
    expect: (_, generation) => ({
      code: 'platform_required',
      at: generation === 'legacy' ? 'body.integration_type' : 'body.platform_name',
    }),
  },
  {
    id: 'integrations.create/unknown-platform',
    title: 'An unknown platform is refused, and the issue suggests the most similar one',
    endpoint,
    specReference: SPEC.status,
    since: 'transitional',
    request: ({ tag }) => ({ endpoint, body: { name: tag, platform_name: 'salesfroce' } }),
    expect: { code: 'unknown_platform', at: 'body.platform_name', replacement: 'salesforce' },
  },
  {
    id: 'integrations.create/no-suggestion',
    title: 'A platform that is similar to no other is refused without a suggestion',
    endpoint,
    specReference: SPEC.status,
    since: 'transitional',
    request: ({ tag }) => ({ endpoint, body: { name: tag, platform_name: 'a-thing-of-our-own' } }),
    expect: {
      code: 'unknown_platform',
      at: 'body.platform_name',
      check: ({ text }) =>
        text.includes('"replacement"') ? { expected: 'no suggestion', actual: 'a suggestion' } : undefined,
    },
  },
  {
    id: 'integrations.create/exact-case',
    title: '`platform_name` is matched exactly: `JIRA` and ` jira` are refused with the suggestion `jira`',
    endpoint,
    specReference: SPEC.status,
    since: 'transitional',
    request: ({ tag }) =>
      ['JIRA', ' jira'].map((platform) => ({ endpoint, body: { name: tag, platform_name: platform } })),
    expect: { code: 'unknown_platform', at: 'body.platform_name', replacement: 'jira' },
  },
]
