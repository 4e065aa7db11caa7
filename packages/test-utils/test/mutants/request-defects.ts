import { mapRows, withoutFields } from './edit-response.ts'
import type { Mutant } from './mutant.ts'
import { accepting, around, ignoringHeader, onBody, onQuery } from './wrap.ts'

/** Parts of a request that have no effect or another one, and defects of lists. */
export const requestDefects: readonly Mutant[] = [
  onBody(
    'enabled-ignored-on-create',
    '`enabled: false` has no effect',
    ['integrations.create'],
    withoutFields('enabled', 'is_enabled'),
  ),
  onBody('status-call-ignored', 'disabling enables', ['integrations.setStatus'], (body) =>
    'enabled' in body ? { ...body, enabled: true } : { ...body, status: 'active' },
  ),
  onBody('null-ignored', 'PATCH ignores null', ['tickets.update'], (body) =>
    Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)),
  ),
  onBody('put-wipes', 'PUT clears absent fields', ['tickets.replace'], (body) => ({
    subcategory: null,
    custom_fields: null,
    ...body,
  })),
  onBody(
    'empty-tests-pass',
    'an empty list of test types means all',
    ['integrations.test'],
    ({ test_types: types, ...body }) =>
      Array.isArray(types) && types.length > 0 ? { ...body, test_types: types } : body,
  ),
  onBody('integration-dropped', '`integration_id` is ignored', ['tickets.create'], withoutFields('integration_id')),
  onBody(
    'name-dropped',
    'the name of an integration is ignored',
    ['tickets.create'],
    withoutFields('integration_name', 'integration'),
  ),
  onBody(
    'conflict-settled-silently',
    'if old and new field disagree, the new one wins',
    ['integrations.create'],
    (body) => ('enabled' in body && 'is_enabled' in body ? withoutFields('is_enabled')(body) : body),
  ),
  accepting('unknown-field-ignored', 'an unknown field is ignored', 'unknown_field'),
  accepting('retired-field-ignored', 'a retired field is ignored', 'retired_field'),
  accepting('read-only-ignored', 'another value of a read-only field is ignored', 'read_only_field'),
  accepting('mismatch-ignored', 'a category that contradicts the platform is ignored', 'category_mismatch'),
  accepting('credentials-half', 'incomplete credentials are accepted', 'credentials_incomplete', 'credentials'),
  accepting(
    'platform-guessed',
    'an unknown platform becomes a webhook',
    'unknown_platform',
    'platform_name',
    'webhook',
  ),
  ignoringHeader('idempotency-ignored', '`Idempotency-Key` is ignored', 'Idempotency-Key'),
  ignoringHeader('if-match-ignored', '`If-Match` is ignored', 'If-Match'),
  ignoringHeader('strict-ignored', '`Prefer: handling=strict` is ignored', 'Prefer'),
  onQuery('platform-filter-ignored', 'the filter `platform_name` returns everything', ['integrations.list'], (search) =>
    search.delete('platform_name'),
  ),
  onQuery('search-ignored', '`search` returns everything', ['tickets.list', 'integrations.list'], (search) =>
    search.delete('search'),
  ),
  onQuery('order-ignored', '`sort_order` has no effect', ['tickets.list', 'integrations.list'], (search) =>
    search.delete('sort_order'),
  ),
  onQuery('offset-off-by-one', '`offset` skips one row too many', ['integrations.list'], (search) => {
    const offset = search.get('offset')
    if (offset !== null && offset !== '0') search.set('offset', `${Number(offset) + 1}`)
  }),
  onQuery('page-size-ignored', '`size` has no effect', ['tickets.list'], (search) => search.delete('size')),

  // Lists
  around(
    'cursor-loses-a-row',
    'a page behind a cursor lacks its first row',
    ['integrations.list', 'tickets.list'],
    async (request, next) => {
      const reply = await next(request)
      return new URL(request.url).searchParams.has('cursor') ? mapRows(reply, (rows) => rows.slice(1)) : reply
    },
  ),
  around('order-reversed', 'pages are reversed', ['integrations.list', 'tickets.list'], async (request, next) =>
    mapRows(await next(request), (rows) => rows.toReversed()),
  ),
]
