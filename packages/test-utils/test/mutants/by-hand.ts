import type { EndpointId, JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import { type AppOptions, createApp, createMemoryStore, endpointAt, type Store } from '@ai-ticket-creator/reference-api'
import type { Answering, Mutant } from './mutant.ts'

/** Defects that a person would think of, each a wrapper over the sound app. */
export const byHand: readonly Mutant[] = [
  // Fields of replies
  inReply('field-dropped', '`health_info` is missing', ['integrations.retrieve'], without('health_info')),
  inReply('field-dropped-in-list', 'lists leave `environment` out', ['integrations.list'], without('environment')),
  inReply('field-renamed-back', '`enabled` is called `is_enabled` again', 'all', renamed('enabled', 'is_enabled')),
  inReply('boolean-flipped', '`enabled` is the other way round', ['integrations.retrieve'], (entity) =>
    'enabled' in entity ? { ...entity, enabled: entity['enabled'] !== true } : entity,
  ),
  inReply('category-swapped', 'Slack is said to be CRM', 'all', (entity) =>
    entity['platform_name'] === 'slack' ? { ...entity, integration_category: 'crm' } : entity,
  ),
  inReply('platform-in-capitals', 'platforms are shouted', 'all', (entity) =>
    typeof entity['platform_name'] === 'string'
      ? { ...entity, platform_name: entity['platform_name'].toUpperCase() }
      : entity,
  ),
  inReply('time-without-zone', '`created_at` says no zone', 'all', (entity) =>
    typeof entity['created_at'] === 'string' ? { ...entity, created_at: entity['created_at'].slice(0, -1) } : entity,
  ),
  inReply('nulls-left-out', 'fields that are null are absent', ['tickets.retrieve'], (entity) =>
    Object.fromEntries(Object.entries(entity).filter(([, value]) => value !== null)),
  ),
  inReply('integration-id-lost', '`integration_id` of tickets is always null', 'all', (entity) =>
    'integration_id' in entity ? { ...entity, integration_id: null } : entity,
  ),
  inReply('update-leaves-no-trace', '`updated_at` stays at `created_at`', 'all', (entity) =>
    'updated_at' in entity ? { ...entity, updated_at: entity['created_at'] } : entity,
  ),
  inReply('status-stays-active', 'a disabled integration stays active', ['integrations.setStatus'], (entity) => ({
    ...entity,
    status: 'active',
  })),
  seen(
    'credentials-echoed',
    'the reply to a create shows the credentials',
    ['integrations.create'],
    async (request, next) => {
      const sent = await jsonOf(request)
      return mapBody(await next(request), (body) =>
        isJsonObject(sent) && isJsonObject(body) && 'id' in body ? { ...body, credentials: sent['credentials'] } : body,
      )
    },
  ),
  seen('input-echoed', 'refused fields are quoted with their value', 'all', async (request, next) => {
    const sent = await jsonOf(request)
    return mapIssues(await next(request), (issue) => ({ ...issue, input: sent ?? null }))
  }),
  seen('old-words-missing', 'transitional replies show no `is_enabled`', 'all', async (request, next) =>
    mapEntities(await next(request), ({ is_enabled: _, ...entity }) => entity),
  ),

  // Envelopes
  seen('list-wrapped', 'the list is wrapped in `items`', ['integrations.list'], async (request, next) =>
    mapBody(await next(request), (body) => (Array.isArray(body) ? { items: body } : body)),
  ),
  seen('total-off-by-one', '`total` counts one too many', ['tickets.list'], async (request, next) =>
    mapBody(await next(request), (body) =>
      isJsonObject(body) && typeof body['total'] === 'number' ? { ...body, total: body['total'] + 1 } : body,
    ),
  ),
  seen(
    'delete-speaks',
    'a deleted ticket is answered with 200 and a message',
    ['tickets.delete'],
    async (request, next) => withStatus(await next(request), 204, 200, { message: 'deleted' }),
  ),

  // Statuses
  onStatus('created-with-200', 'a new ticket is answered with 200', ['tickets.create'], 201, 200),
  onStatus('integration-created-with-201', 'a new integration is answered with 201', ['integrations.create'], 200, 201),
  onStatus('validation-with-400', 'wrong input is answered with 400', 'all', 422, 400),
  onStatus('unknown-with-403', 'an unknown id is answered with 403', 'all', 404, 403),
  onStatus('unauthenticated-with-403', 'a missing token is answered with 403', 'all', 401, 403),
  onStatus('retired-with-404', 'a retired route is answered with 404', 'all', 410, 404),
  onStatus('conflict-with-409', 'another version is answered with 409', 'all', 412, 409),

  // Errors
  seen('codes-missing', 'problems carry no code', 'all', async (request, next) =>
    mapProblem(await next(request), ({ code: _, ...problem }) => problem),
  ),
  seen('place-without-part', 'issues say the field without its part', 'all', async (request, next) =>
    mapIssues(await next(request), (issue) => ({
      ...issue,
      loc: Array.isArray(issue['loc']) ? issue['loc'].slice(1) : issue['loc'],
    })),
  ),
  seen('replacement-missing', 'a retired field does not say what to use', 'all', async (request, next) =>
    mapIssues(await next(request), ({ replacement: _, ...issue }) => issue),
  ),

  // Headers
  withoutHeader('generation-unsaid', 'API-Generation'),
  withoutHeader('deprecation-missing', 'Deprecation'),
  withoutHeader('ignored-fields-missing', 'Ignored-Fields'),
  withoutHeader('etag-missing', 'ETag'),
  withoutHeader('challenge-missing', 'WWW-Authenticate'),
  withoutHeader('allow-missing', 'Allow'),
  withoutHeader('replay-unsaid', 'Idempotency-Replayed'),
  withoutHeader('preference-unsaid', 'Preference-Applied'),
  withoutHeader('vary-missing', 'Vary'),
  header('deprecation-as-date', '`Deprecation` is an HTTP date', 'Deprecation', (value) =>
    new Date(Number(value.slice(1)) * 1000).toUTCString(),
  ),
  header('deprecated-fields-misspelt', '`Deprecated-Fields` has another syntax', 'Deprecated-Fields', (value) =>
    value.replaceAll(';use=', '='),
  ),
  header('next-link-unnamed', '`Link` does not say that it is the next page', 'Link', (value) =>
    value.replace('rel="next"', 'rel="following"'),
  ),
  header('etag-constant', 'every version has the same tag', 'ETag', () => '"1"'),
  header('json-as-text', 'JSON is sent as text', 'Content-Type', () => 'text/plain'),
  header('request-id-own', 'the request id is another', 'X-Request-Id', () => 'req-0'),

  // What a request asks and does not get
  heard(
    'enabled-ignored-on-create',
    '`enabled: false` has no effect',
    ['integrations.create'],
    withoutSent('enabled', 'is_enabled'),
  ),
  heard('status-call-ignored', 'disabling enables', ['integrations.setStatus'], (body) =>
    'enabled' in body ? { ...body, enabled: true } : { ...body, status: 'active' },
  ),
  heard('null-ignored', 'PATCH null leaves the field alone', ['tickets.update'], (body) =>
    Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)),
  ),
  heard('put-wipes', 'a PUT clears what it does not name', ['tickets.replace'], (body) => ({
    subcategory: null,
    custom_fields: null,
    ...body,
  })),
  heard('empty-tests-pass', 'no test types mean all', ['integrations.test'], ({ test_types: types, ...body }) =>
    Array.isArray(types) && types.length > 0 ? { ...body, test_types: types } : body,
  ),
  heard(
    'integration-dropped',
    'a ticket never reaches its integration',
    ['tickets.create'],
    withoutSent('integration_id'),
  ),
  heard(
    'name-dropped',
    'a name of an integration is passed over',
    ['tickets.create'],
    withoutSent('integration_name', 'integration'),
  ),
  heard('conflict-settled-silently', 'of two spellings the new one wins', ['integrations.create'], (body) =>
    'enabled' in body && 'is_enabled' in body ? withoutSent('is_enabled')(body) : body,
  ),
  forgiven('unknown-field-ignored', 'a field that nobody knows is ignored', 'unknown_field'),
  forgiven('retired-field-ignored', 'a retired field is ignored', 'retired_field'),
  forgiven('read-only-ignored', 'a change of what can not be changed is ignored', 'read_only_field'),
  forgiven('mismatch-ignored', 'a category that is not the platform’s is ignored', 'category_mismatch'),
  forgiven('credentials-half', 'half of the credentials will do', 'credentials_incomplete', 'credentials'),
  forgiven('platform-guessed', 'an unknown platform becomes a webhook', 'unknown_platform', 'platform_name', 'webhook'),
  deaf('idempotency-ignored', '`Idempotency-Key` is ignored', 'Idempotency-Key'),
  deaf('if-match-ignored', '`If-Match` is ignored', 'If-Match'),
  deaf('strict-ignored', '`Prefer: handling=strict` is ignored', 'Prefer'),
  asked('platform-filter-ignored', 'the filter `platform_name` returns everything', ['integrations.list'], (search) =>
    search.delete('platform_name'),
  ),
  asked('search-ignored', '`search` returns everything', ['tickets.list', 'integrations.list'], (search) =>
    search.delete('search'),
  ),
  asked('order-ignored', '`sort_order` has no effect', ['tickets.list', 'integrations.list'], (search) =>
    search.delete('sort_order'),
  ),
  asked('offset-off-by-one', '`offset` begins one row late', ['integrations.list'], (search) => {
    const offset = search.get('offset')
    if (offset !== null && offset !== '0') search.set('offset', `${Number(offset) + 1}`)
  }),
  asked('page-size-ignored', '`size` has no effect', ['tickets.list'], (search) => search.delete('size')),

  // Lists
  seen(
    'cursor-loses-a-row',
    'each page behind a cursor lacks its first row',
    ['integrations.list', 'tickets.list'],
    async (request, next) => {
      const reply = await next(request)
      return new URL(request.url).searchParams.has('cursor') ? mapRows(reply, (rows) => rows.slice(1)) : reply
    },
  ),
  seen('order-reversed', 'each page is upside down', ['integrations.list', 'tickets.list'], async (request, next) =>
    mapRows(await next(request), (rows) => rows.toReversed()),
  ),

  // Routes and rows
  seen('retired-route-alive', 'the old status route still works', 'all', async (request, next) => {
    const url = new URL(request.url)
    if (endpointAt(request.method, url.pathname) !== 'tickets.setStatus') return next(request)
    return next(new Request(url.href.replace(/\/status$/, ''), request))
  }),
  seen('delete-does-nothing', 'a delete is confirmed and not done', ['tickets.delete'], async (request, next) => {
    const { status } = await next(new Request(request.url, { headers: request.headers }))
    return status === 200
      ? new Response(null, { status: 204, headers: { 'API-Generation': 'current' } })
      : next(request)
  }),
  seen('unknown-path-as-page', 'an unknown path is answered with HTML', 'all', async (request, next) => {
    const reply = await next(request)
    if (reply.status !== 404 || endpointAt(request.method, new URL(request.url).pathname) !== undefined) return reply
    return new Response('<h1>Not Found</h1>', { status: 404, headers: { 'Content-Type': 'text/html' } })
  }),
  inStore('deleted-stay-readable', 'what is deleted can still be read', (store) => ({
    ...store,
    tickets: {
      ...store.tickets,
      find: async (organization, id) => {
        const row = await store.tickets.find(organization, id)
        return row && { ...row, deleted_at: null }
      },
    },
  })),
  inStore('other-organization-readable', 'an integration of another organization can be read', (store) => {
    const owners = new Map<string, string>()
    return {
      ...store,
      integrations: {
        ...store.integrations,
        insert: async (row) => {
          owners.set(row.id, row.organization_id)
          await store.integrations.insert(row)
        },
        find: (organization, id) => store.integrations.find(owners.get(id) ?? organization, id),
      },
    }
  }),
  inStore('other-organization-listed', 'lists show the tickets of every organization', (store) => {
    const organizations = new Set<string>()
    return {
      ...store,
      tickets: {
        ...store.tickets,
        insert: async (row) => {
          organizations.add(row.organization_id)
          await store.tickets.insert(row)
        },
        list: async (organization, query, window) => {
          const own = await store.tickets.list(organization, query, window)
          const others = [...organizations].filter((other) => other !== organization)
          const more = await Promise.all(others.map((other) => store.tickets.list(other, query, window)))
          return { ...own, rows: [...own.rows, ...more.flatMap(({ rows }) => rows)] }
        },
      },
    }
  }),
]

type Where = 'all' | readonly EndpointId[]
type Next = Answering

/** A defect at a seam around the app: it may change the request, the reply, or both. */
function seen(
  id: string,
  defect: string,
  where: Where,
  step: (request: Request, next: Next) => Promise<Response>,
): Mutant {
  return {
    id,
    kind: 'by hand',
    defect,
    open: (options) => {
      const app = createApp(options)
      return async (request) => {
        const endpoint = endpointAt(request.method, new URL(request.url).pathname)
        const concerned = where === 'all' || (endpoint !== undefined && where.includes(endpoint))
        return concerned ? step(request, app.fetch) : app.fetch(request)
      }
    },
  }
}

function inStore(id: string, defect: string, change: (store: Store) => Store): Mutant {
  const open = (options: AppOptions) =>
    createApp({ ...options, store: change(options.store ?? createMemoryStore()) }).fetch
  return { id, kind: 'by hand', defect, open }
}

function inReply(id: string, defect: string, where: Where, edit: (entity: JsonObject) => JsonObject): Mutant {
  return seen(id, defect, where, async (request, next) => mapEntities(await next(request), edit))
}

function onStatus(id: string, defect: string, where: Where, from: number, to: number): Mutant {
  return seen(id, defect, where, async (request, next) => withStatus(await next(request), from, to))
}

function header(id: string, defect: string, name: string, edit: (value: string) => string | undefined): Mutant {
  return seen(id, defect, 'all', async (request, next) => {
    const reply = await next(request)
    const value = reply.headers.get(name)
    if (value === null) return reply
    const edited = edit(value)
    if (edited === undefined) reply.headers.delete(name)
    else reply.headers.set(name, edited)
    return reply
  })
}

function withoutHeader(id: string, name: string): Mutant {
  return header(id, `\`${name}\` is missing`, name, () => undefined)
}

/** The body does not arrive as it was sent. */
function heard(id: string, defect: string, where: Where, edit: (body: JsonObject) => JsonObject): Mutant {
  return seen(id, defect, where, async (request, next) => {
    const body = await jsonOf(request)
    return next(isJsonObject(body) ? withJson(request, edit(body)) : request)
  })
}

/** The query does not arrive as it was sent. */
function asked(id: string, defect: string, where: Where, edit: (search: URLSearchParams) => void): Mutant {
  return seen(id, defect, where, (request, next) => {
    const url = new URL(request.url)
    edit(url.searchParams)
    return next(new Request(url, request))
  })
}

function deaf(id: string, defect: string, name: string): Mutant {
  return seen(id, defect, 'all', (request, next) => {
    const headers = new Headers(request.headers)
    headers.delete(name)
    return next(new Request(request, { headers }))
  })
}

/** What is refused with one code is taken all the same: without the fields named, or with one set. */
function forgiven(id: string, defect: string, code: string, field?: string, instead?: unknown): Mutant {
  return seen(id, defect, 'all', async (request, next) => {
    const again = request.clone()
    const reply = await next(request)
    const issues = issuesIn(await jsonOf(reply))
    const body = await jsonOf(again)
    if (!isJsonObject(body) || issues.length === 0 || issues.some((issue) => issue['code'] !== code)) return reply
    const names = issues.map(({ loc }) => (Array.isArray(loc) ? String(loc[1]) : ''))
    const kept = withoutSent(...names, ...(field === undefined ? [] : [field]))(body)
    if (field === undefined || instead === undefined) return next(withJson(again, kept))
    return next(withJson(again, { ...withoutSent('integration_category')(kept), [field]: instead }))
  })
}

function without(name: string) {
  return ({ [name]: _, ...entity }: JsonObject): JsonObject => entity
}

function renamed(name: string, to: string) {
  return (entity: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(entity).map(([key, value]) => [key === name ? to : key, value]))
}

function withoutSent(...names: readonly string[]) {
  return (body: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)))
}

async function jsonOf(message: Request | Response): Promise<unknown> {
  const text = await message.clone().text()
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const withJson = (request: Request, body: unknown): Request =>
  new Request(request.url, {
    method: request.method,
    headers: withoutLength(request.headers),
    body: JSON.stringify(body),
    signal: request.signal,
  })

function withoutLength(from: Headers): Headers {
  const headers = new Headers(from)
  headers.delete('Content-Length')
  return headers
}

/** The reply with its JSON edited; one without JSON as it is. */
async function mapBody(reply: Response, edit: (body: unknown) => unknown): Promise<Response> {
  const body = await jsonOf(reply)
  if (body === undefined) return reply
  return new Response(JSON.stringify(edit(body)), { status: reply.status, headers: withoutLength(reply.headers) })
}

/** Every entity that a reply shows: it has an id. */
function mapEntities(reply: Response, edit: (entity: JsonObject) => JsonObject): Promise<Response> {
  const one = (value: unknown): unknown => (isJsonObject(value) && 'id' in value ? edit(value) : value)
  return mapBody(reply, (body) => {
    if (Array.isArray(body)) return body.map(one)
    if (isJsonObject(body) && Array.isArray(body['items'])) return { ...body, items: body['items'].map(one) }
    if (isJsonObject(body) && 'ticket' in body) return { ...body, ticket: one(body['ticket']) }
    return one(body)
  })
}

function mapRows(reply: Response, edit: (rows: readonly unknown[]) => readonly unknown[]): Promise<Response> {
  return mapBody(reply, (body) => {
    if (Array.isArray(body)) return edit(body)
    return isJsonObject(body) && Array.isArray(body['items']) ? { ...body, items: edit(body['items']) } : body
  })
}

function mapProblem(reply: Response, edit: (problem: JsonObject) => JsonObject): Promise<Response> {
  return mapBody(reply, (body) => (isJsonObject(body) && 'detail' in body && 'code' in body ? edit(body) : body))
}

function mapIssues(reply: Response, edit: (issue: JsonObject) => JsonObject): Promise<Response> {
  return mapProblem(reply, (problem) =>
    Array.isArray(problem['detail']) ? { ...problem, detail: issuesIn(problem).map(edit) } : problem,
  )
}

const issuesIn = (problem: unknown): readonly JsonObject[] =>
  isJsonObject(problem) && Array.isArray(problem['detail']) ? problem['detail'].filter(isJsonObject) : []

function withStatus(reply: Response, from: number, to: number, body?: JsonObject): Response {
  if (reply.status !== from) return reply
  return new Response(body === undefined ? reply.body : JSON.stringify(body), { status: to, headers: reply.headers })
}
