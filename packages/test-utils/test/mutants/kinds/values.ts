import type { JsonObject } from '@ai-ticket-creator/domain'
import { isUuid } from '@ai-ticket-creator/domain/internal'
import type { Mutant } from '../mutant.ts'
import { around, onBody, onEntities, onQuery } from '../wrap.ts'
import { replacingIntegrations } from './store-defects.ts'

const NO_ROW = 'f0000000-0000-4000-8000-00000000beef'

const hasCapitals = (id: unknown): id is string => typeof id === 'string' && isUuid(id) && id !== id.toLowerCase()

/** Times of secrets. */
export const secretDefects: readonly Mutant[] = [
  replacingIntegrations(
    'credentials-time-stays',
    'replaced credentials leave `credentials_updated_at` as it is',
    (after, before) =>
      before?.credentials_updated_at === null || before === undefined
        ? after
        : { ...after, credentials_updated_at: before.credentials_updated_at },
  ),
  replacingIntegrations(
    'credentials-time-moves',
    'every change of an integration moves `credentials_updated_at`',
    (after) => (after.credentials_updated_at === null ? after : { ...after, credentials_updated_at: after.updated_at }),
  ),
  replacingIntegrations('credentials-time-lost', 'disabling clears `credentials_updated_at`', (after) =>
    after.enabled ? after : { ...after, credentials_updated_at: null },
  ),
  onEntities(
    'credentials-time-of-nothing',
    'an integration without credentials has a `credentials_updated_at`',
    'all',
    (entity) =>
      'credentials_updated_at' in entity
        ? replacingNull(entity, 'credentials_updated_at', entity['created_at'])
        : entity,
  ),
]

/** Ids in another form. */
export const idDefects: readonly Mutant[] = [
  around('id-in-capitals-unknown', 'an id in capitals is 404', 'all', (request, next) => {
    const url = new URL(request.url)
    url.pathname = url.pathname
      .split('/')
      .map((part) => (hasCapitals(part) ? NO_ROW : part))
      .join('/')
    return next(new Request(url, request))
  }),
  onQuery('id-filter-in-capitals', 'an id in capitals in a filter matches no ticket', ['tickets.list'], (search) => {
    for (const [name, value] of search) if (hasCapitals(value)) search.set(name, NO_ROW)
  }),
  onBody(
    'integration-id-in-capitals',
    'an `integration_id` in capitals is not found',
    ['tickets.create', 'tickets.replace'],
    (body) => (hasCapitals(body['integration_id']) ? { ...body, integration_id: NO_ROW } : body),
  ),
  onBody(
    'assignee-in-capitals',
    'an assignee in capitals is not found',
    ['tickets.create', 'tickets.replace', 'tickets.update'],
    (body) => (hasCapitals(body['assigned_to_id']) ? { ...body, assigned_to_id: NO_ROW } : body),
  ),
]

/** Null in a create. */
export const nullDefects: readonly Mutant[] = [
  onBody('enabled-null-disables', '`enabled: null` creates an inactive integration', ['integrations.create'], (body) =>
    replacingNull(body, 'enabled', false),
  ),
  onBody(
    'custom-fields-null-is-empty',
    '`custom_fields: null` is stored as an empty object',
    ['tickets.create'],
    (body) => replacingNull(body, 'custom_fields', {}),
  ),
  onEntities('description-null-is-empty', 'an integration without description shows an empty one', 'all', (entity) =>
    'platform_name' in entity ? replacingNull(entity, 'description', '') : entity,
  ),
  onBody('credentials-null-incomplete', '`credentials: null` is refused on create', ['integrations.create'], (body) =>
    replacingNull(body, 'credentials', {}),
  ),
]

const replacingNull = (body: JsonObject, name: string, value: unknown): JsonObject =>
  body[name] === null ? { ...body, [name]: value } : body
