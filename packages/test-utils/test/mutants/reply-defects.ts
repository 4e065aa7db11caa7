import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import { jsonOf, mapBody, mapEntities, mapIssues, mapProblem, renamed, without, withStatus } from './edit-response.ts'
import type { Mutant } from './mutant.ts'
import { around, droppingHeader, onEntities, onHeader, replacingStatus } from './wrap.ts'

/** Defects in replies: fields, envelopes, statuses, problems and headers. */
export const replyDefects: readonly Mutant[] = [
  onEntities('field-dropped', '`health_info` is missing', ['integrations.retrieve'], without('health_info')),
  onEntities('field-dropped-in-list', 'lists leave `environment` out', ['integrations.list'], without('environment')),
  onEntities('field-renamed-back', '`enabled` is named `is_enabled`', 'all', renamed('enabled', 'is_enabled')),
  onEntities('boolean-flipped', '`enabled` is negated', ['integrations.retrieve'], (entity) =>
    'enabled' in entity ? { ...entity, enabled: entity['enabled'] !== true } : entity,
  ),
  onEntities('category-swapped', 'the category of Slack is CRM', 'all', (entity) =>
    entity['platform_name'] === 'slack' ? { ...entity, integration_category: 'crm' } : entity,
  ),
  onEntities('platform-in-capitals', 'platforms are in upper case', 'all', (entity) =>
    typeof entity['platform_name'] === 'string'
      ? { ...entity, platform_name: entity['platform_name'].toUpperCase() }
      : entity,
  ),
  onEntities('time-without-zone', '`created_at` has no time zone', 'all', (entity) =>
    typeof entity['created_at'] === 'string' ? { ...entity, created_at: entity['created_at'].slice(0, -1) } : entity,
  ),
  onEntities('nulls-left-out', 'null fields are absent', ['tickets.retrieve'], (entity) =>
    Object.fromEntries(Object.entries(entity).filter(([, value]) => value !== null)),
  ),
  onEntities('integration-id-lost', '`integration_id` of tickets is always null', 'all', (entity) =>
    'integration_id' in entity ? { ...entity, integration_id: null } : entity,
  ),
  onEntities('update-leaves-no-trace', '`updated_at` stays at `created_at`', 'all', (entity) =>
    'updated_at' in entity ? { ...entity, updated_at: entity['created_at'] } : entity,
  ),
  onEntities('status-stays-active', 'a disabled integration stays active', ['integrations.setStatus'], (entity) => ({
    ...entity,
    status: 'active',
  })),
  around(
    'credentials-echoed',
    'the reply to a create contains the credentials',
    ['integrations.create'],
    async (request, next) => {
      const sent = await jsonOf(request)
      return mapBody(await next(request), (body) =>
        isJsonObject(sent) && isJsonObject(body) && 'id' in body ? { ...body, credentials: sent['credentials'] } : body,
      )
    },
  ),
  around('input-echoed', 'issues repeat the request body', 'all', async (request, next) => {
    const sent = await jsonOf(request)
    return mapIssues(await next(request), (issue) => ({ ...issue, input: sent ?? null }))
  }),
  around('old-words-missing', 'transitional replies lack `is_enabled`', 'all', async (request, next) =>
    mapEntities(await next(request), ({ is_enabled: _, ...entity }) => entity),
  ),

  // Envelopes
  around('list-wrapped', 'the list is wrapped in `items`', ['integrations.list'], async (request, next) =>
    mapBody(await next(request), (body) => (Array.isArray(body) ? { items: body } : body)),
  ),
  around('total-off-by-one', '`total` counts one too many', ['tickets.list'], async (request, next) =>
    mapBody(await next(request), (body) =>
      isJsonObject(body) && typeof body['total'] === 'number' ? { ...body, total: body['total'] + 1 } : body,
    ),
  ),
  around('delete-speaks', 'deleting a ticket returns 200 and a message', ['tickets.delete'], async (request, next) =>
    withStatus(await next(request), 204, 200, { message: 'deleted' }),
  ),

  // Statuses
  replacingStatus('created-with-200', 'creating a ticket returns 200', ['tickets.create'], 201, 200),
  replacingStatus(
    'integration-created-with-201',
    'creating an integration returns 201',
    ['integrations.create'],
    200,
    201,
  ),
  replacingStatus('validation-with-400', 'invalid input returns 400', 'all', 422, 400),
  replacingStatus('unknown-with-403', 'an unknown id returns 403', 'all', 404, 403),
  replacingStatus('unauthenticated-with-403', 'a missing token returns 403', 'all', 401, 403),
  replacingStatus('retired-with-404', 'a retired route returns 404', 'all', 410, 404),
  replacingStatus('conflict-with-409', 'a version conflict returns 409', 'all', 412, 409),

  // Errors
  around('codes-missing', 'problems have no code', 'all', async (request, next) =>
    mapProblem(await next(request), ({ code: _, ...problem }) => problem),
  ),
  around('place-without-part', 'locations of issues lack the part', 'all', async (request, next) =>
    mapIssues(await next(request), (issue) => ({
      ...issue,
      loc: Array.isArray(issue['loc']) ? issue['loc'].slice(1) : issue['loc'],
    })),
  ),
  around('replacement-missing', 'issues lack `replacement`', 'all', async (request, next) =>
    mapIssues(await next(request), ({ replacement: _, ...issue }) => issue),
  ),

  // Headers
  droppingHeader('generation-unsaid', 'API-Generation'),
  droppingHeader('deprecation-missing', 'Deprecation'),
  droppingHeader('ignored-fields-missing', 'Ignored-Fields'),
  droppingHeader('etag-missing', 'ETag'),
  droppingHeader('challenge-missing', 'WWW-Authenticate'),
  droppingHeader('allow-missing', 'Allow'),
  droppingHeader('replay-unsaid', 'Idempotency-Replayed'),
  droppingHeader('preference-unsaid', 'Preference-Applied'),
  droppingHeader('vary-missing', 'Vary'),
  onHeader('deprecation-as-date', '`Deprecation` is an HTTP date', 'Deprecation', (value) =>
    new Date(Number(value.slice(1)) * 1000).toUTCString(),
  ),
  onHeader('deprecated-fields-misspelt', '`Deprecated-Fields` has another syntax', 'Deprecated-Fields', (value) =>
    value.replaceAll(';use=', '='),
  ),
  onHeader('next-link-unnamed', '`Link` has another relation than `next`', 'Link', (value) =>
    value.replace('rel="next"', 'rel="following"'),
  ),
  onHeader('etag-constant', 'every version has the same ETag', 'ETag', () => '"1"'),
  onHeader('json-as-text', 'JSON has the content type of text', 'Content-Type', () => 'text/plain'),
  onHeader('request-id-own', '`X-Request-Id` of the request is replaced', 'X-Request-Id', () => 'req-0'),
]
