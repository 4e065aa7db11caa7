import type { Filter } from './filter.ts'

/** Filters of `five integrations`: c is on jira, a and b on slack, e on zendesk and disabled, d on hubspot. */
export const integrationFilters: readonly Filter[] = [
  {
    id: 'integration_category',
    title: 'category',
    query: () => ({ integration_category: 'messaging' }),
    matches: 'ab',
    since: 'transitional',
  },
  { id: 'platform_name', title: 'platform', query: () => ({ platform_name: 'slack' }), matches: 'ab' },
  {
    id: 'platform-and-category',
    title: 'platform and category',
    query: () => ({ platform_name: 'zendesk', integration_category: 'ticketing' }),
    matches: 'e',
  },
  {
    id: 'integration_type',
    title: '`integration_type`',
    query: () => ({ integration_type: 'SLACK' }),
    matches: 'ab',
    until: 'transitional',
    verbatim: true,
  },
  { id: 'integration_status', title: 'status', query: () => ({ integration_status: 'inactive' }), matches: 'e' },
  { id: 'enabled', title: '`enabled: true`', query: () => ({ enabled: true }), matches: 'abcd' },
  { id: 'disabled', title: '`enabled: false`', query: () => ({ enabled: false }), matches: 'e' },
  {
    id: 'is_enabled',
    title: '`is_enabled`',
    query: () => ({ is_enabled: 'no' }),
    matches: 'e',
    until: 'transitional',
    verbatim: true,
  },
  {
    id: 'name',
    title: 'part of the name, in upper or lower case',
    query: ({ tag }) => ({ name: `${tag} A`.toUpperCase() }),
    matches: 'a',
  },
  {
    id: 'name-middle',
    title: 'the middle of the name',
    query: ({ tag }) => ({ name: `${tag.slice(3)} b` }),
    matches: 'b',
  },
  {
    id: 'name-percent',
    title: 'a name with a literal %',
    query: ({ tag }) => ({ name: `${tag}%` }),
    matches: '',
  },
  {
    id: 'name-underscore',
    title: 'a name with a literal _',
    query: ({ tag }) => ({ name: `${tag}_` }),
    matches: '',
  },
]
