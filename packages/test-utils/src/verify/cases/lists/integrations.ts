import type { ContractCase } from '../../model/case.ts'
import type { CaseContext } from '../../model/case-context.ts'
import { entitiesOf } from '../../model/observed-reply.ts'
import { SPEC } from '../../model/spec-references.ts'
import { both, expectNextLink, expectNoNextLink, slice } from './pages.ts'
import { checkFiveRows, compareFields, expectRows } from './rows.ts'

/** The list of integrations. */
export const integrationListCases: readonly ContractCase[] = [
  {
    id: 'integrations.list/offset',
    title: 'The list of integrations skips `offset` rows and returns at most `limit`',
    endpoint: 'integrations.list',
    specReference: SPEC.lists,
    preconditions: ['five integrations'],
    shared: true,
    request: ({ tag }) => ({ endpoint: 'integrations.list', query: { name: tag } }),
    expect: { check: checkFiveRows },
    next: (
      [
        [0, 2],
        [1, 2],
        [3, 2],
        [4, 2],
        [5, 2],
        [3, 100],
      ] as const
    ).map(([offset, limit]) => ({
      request: ({ tag }: CaseContext) => ({ endpoint: 'integrations.list', query: { name: tag, offset, limit } }),
      expect: both(slice(offset, offset + limit), offset + limit < 5 ? expectNextLink : expectNoNextLink),
    })),
  },
  {
    id: 'integrations.list/both-links',
    title: '`Link` has both the next page and the deprecation guide',
    endpoint: 'integrations.list',
    specReference: SPEC.headers,
    since: 'transitional',
    until: 'transitional',
    preconditions: ['five integrations'],
    request: ({ tag }) => ({
      endpoint: 'integrations.list',
      query: { is_enabled: true, name: tag, limit: 1 },
      verbatim: true,
    }),
    expect: { headers: { Link: /rel="next".*rel="deprecation"|rel="deprecation".*rel="next"/ } },
  },
  {
    id: 'integrations.list/category-mismatch',
    title: 'Filters by a platform and by another category than its own are refused',
    endpoint: 'integrations.list',
    specReference: SPEC.status,
    since: 'transitional',
    readOnly: true,
    request: { endpoint: 'integrations.list', query: { platform_name: 'jira', integration_category: 'crm' } },
    expect: { code: 'category_mismatch', at: 'query.integration_category', replacement: 'ticketing' },
  },
  {
    id: 'integrations.list/conflicting-filters',
    title: 'An old and a new filter that disagree are refused',
    endpoint: 'integrations.list',
    specReference: SPEC.migration,
    since: 'transitional',
    until: 'transitional',
    readOnly: true,
    request: { endpoint: 'integrations.list', query: { enabled: true, is_enabled: false } },
    expect: { code: 'conflicting_fields', at: 'query.enabled' },
  },
  {
    id: 'integrations.list/booleans',
    title: 'A boolean query parameter accepts `true`, `1`, `yes`, `on` and their opposites, in upper or lower case',
    endpoint: 'integrations.list',
    specReference: SPEC.lists,
    preconditions: ['five integrations'],
    shared: true,
    request: ({ tag }) =>
      ['true', '1', 'yes', 'on', 'TRUE'].map((enabled) => ({
        endpoint: 'integrations.list',
        query: { name: tag, enabled },
      })),
    expect: expectRows('abcd'),
    next: [
      {
        request: ({ tag }) =>
          ['false', '0', 'no', 'off'].map((enabled) => ({
            endpoint: 'integrations.list',
            query: { name: tag, enabled },
          })),
        expect: expectRows('e'),
      },
    ],
  },
  {
    id: 'integrations.list/summaries',
    title: 'The list of integrations has the same values as GET of an integration',
    endpoint: 'integrations.list',
    specReference: SPEC.fields,
    preconditions: ['an integration'],
    request: ({ tag }) => ({ endpoint: 'integrations.list', query: { name: tag } }),
    expect: ({ integration }) => ({ check: (reply) => compareFields(entitiesOf(reply)[0], integration) }),
  },
]
