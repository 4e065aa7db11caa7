import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import { mapRows } from '../edit-response.ts'
import type { Mutant } from '../mutant.ts'
import { around, onQuery } from '../wrap.ts'
import { filteringTickets } from './store-defects.ts'

/** Filters that select other rows. */
export const filterDefects: readonly Mutant[] = [
  onQuery('status-filter-last', 'of several `status` filters only the last counts', ['tickets.list'], (search) => {
    const last = search.getAll('status').at(-1)
    if (last !== undefined) search.set('status', last)
  }),
  around(
    'name-filter-prefix',
    'the filter `name` matches beginnings only',
    ['integrations.list'],
    async (request, next) => {
      const name = new URL(request.url).searchParams.get('name')?.toLowerCase() ?? ''
      return mapRows(await next(request), (rows) =>
        rows.filter((row) => isJsonObject(row) && String(row['name']).toLowerCase().startsWith(name)),
      )
    },
  ),
  onQuery('category-filter-one-only', 'several `category` filters return everything', ['tickets.list'], (search) => {
    if (search.getAll('category').length > 1) search.delete('category')
  }),
  onQuery('urgency-filter-first', 'of several `urgency` filters only the first counts', ['tickets.list'], (search) => {
    const first = search.get('urgency')
    if (first !== null) search.set('urgency', first)
  }),
  onQuery('tags-filter-first', 'of several `tags` filters only the first counts', ['tickets.list'], (search) => {
    const first = search.get('tags')
    if (first !== null) search.set('tags', first)
  }),
  filteringTickets(
    'department-filter-part',
    'the filter `department` matches parts in any case',
    ['department'],
    (row, { department = '' }) => (row.department ?? '').toLowerCase().includes(department.toLowerCase()),
  ),
  filteringTickets('search-in-titles', '`q` searches titles only', ['q'], (row, { q = '' }) =>
    row.title.toLowerCase().includes(q.toLowerCase()),
  ),
  filteringTickets(
    'created-before-exclusive',
    '`created_before` excludes the time itself',
    ['created_before'],
    (row, { created_before = '' }) => Date.parse(row.created_at) < Date.parse(created_before),
  ),
  onQuery(
    'supports-category-ignored',
    'the filter `supports_category` returns everything',
    ['integrations.listActive'],
    (search) => search.delete('supports_category'),
  ),
  onQuery(
    'enabled-filter-ignored-beside-platform',
    'the filter `enabled` is ignored beside `platform_name`',
    ['integrations.list'],
    (search) => {
      if (search.has('platform_name') || search.has('integration_type')) {
        search.delete('enabled')
        search.delete('is_enabled')
      }
    },
  ),
]
