import {
  acceptedChangesOf,
  categoryOf,
  changesOf,
  check,
  ENDPOINT_IDS,
  type EndpointId,
  enabledIn,
  endpointOf,
  fieldsOf,
  type Generation,
  isIntegrationStatus,
  isJsonObject,
  isPlatform,
  type JsonObject,
  movedTo,
  problems,
  readBody,
  readQuery,
  wireSchema,
} from '@ai-ticket-creator/domain'
import type { Fault, Observation } from '../../model/case.ts'
import { itemsOf, say, sayShown } from '../../model/describe.ts'
import { entitiesOf, type Reply } from '../../model/observed-reply.ts'
import { SOURCES } from '../../model/spec-references.ts'

const succeeded = ({ status }: Reply): boolean => status < 300
const refused = ({ status }: Reply): boolean => status >= 400

/** Rules that hold for every reply of a kind, whatever was asked. */
export const observations: readonly Observation[] = [
  ...ENDPOINT_IDS.filter((endpoint) => endpointOf(endpoint).reply !== undefined).map(
    (endpoint): Observation => ({
      id: `replies/${endpoint}`,
      title: `A reply of ${endpointOf(endpoint).method} ${endpointOf(endpoint).path} has the fields of its generation, each of its kind`,
      endpoint,
      source: SOURCES.fields,
      of: (reply) => reply.endpoint === endpoint && succeeded(reply),
      holds: hasShape,
    }),
  ),
  {
    id: 'replies/no-old-words',
    title: 'A reply in the current words has no old ones',
    source: SOURCES.moving,
    since: 'current',
    of: succeeded,
    holds: (reply) => hasNone(reply, (change) => Object.keys(change.retired)),
  },
  {
    id: 'replies/no-new-words',
    title: 'A legacy reply has none of the new words',
    source: SOURCES.generations,
    until: 'legacy',
    of: (reply) => succeeded(reply) && reply.endpoint.startsWith('integrations.'),
    holds: (reply) => hasNone(reply, ({ current }) => current),
  },
  {
    id: 'replies/both-words-agree',
    title: 'A transitional reply says the same in old words and in new ones',
    source: SOURCES.moving,
    since: 'transitional',
    until: 'transitional',
    of: succeeded,
    holds: bothAgree,
  },
  {
    id: 'replies/json',
    title: 'A body is JSON and says so; an empty reply has none',
    source: SOURCES.contract,
    of: ({ status }) => status !== 307,
    // A 204 has no body that a client could see.
    holds: ({ status, headers, json }) => {
      if (status === 204) return undefined
      const type = headers.get('Content-Type') ?? ''
      return json !== undefined && /^application\/json\b/.test(type)
        ? undefined
        : { expected: 'JSON as application/json', actual: `${json === undefined ? 'no JSON' : 'JSON'} as ${say(type)}` }
    },
  },
  {
    id: 'replies/no-failures',
    title: 'Nothing that is asked makes the service fail',
    source: SOURCES.refusals,
    holds: ({ status }) => (status === 500 ? { expected: 'an answer', actual: '500' } : undefined),
  },
  {
    id: 'replies/no-secrets',
    title: 'No reply shows credentials, webhook secrets or tokens',
    source: SOURCES.fields,
    holds: ({ text, headers, secrets }) => {
      const told = [text, ...[...headers].map(([, value]) => value)].join('\n')
      return secrets.some((secret) => told.includes(secret))
        ? { expected: 'no secret', actual: 'a secret of the request' }
        : undefined
    },
  },
  {
    id: 'headers/api-generation',
    title: 'Each reply names the generation of the service',
    source: SOURCES.headers,
    holds: ({ headers, generation, strict }) => {
      const expected = strict ? 'transitional' : generation
      const got = headers.get('API-Generation') ?? undefined
      return got === expected ? undefined : { expected: `\`API-Generation\`: ${expected}`, actual: say(got) }
    },
  },
  {
    id: 'headers/api-capabilities',
    title: 'Each reply names what a caller can rely on',
    source: SOURCES.headers,
    holds: ({ headers, generation, strict }) => {
      const told = (headers.get('API-Capabilities') ?? '').split(', ')
      const lacking = capabilities(strict ? 'transitional' : generation).filter((one) => !told.includes(one))
      const wrong = generation === 'legacy' && told.includes('platform-filter')
      if (wrong) return { expected: 'no `platform-filter`, which legacy does not know', actual: '`platform-filter`' }
      return lacking.length === 0
        ? undefined
        : { expected: '`API-Capabilities` with all that the contract has', actual: `no ${lacking.join(', ')}` }
    },
  },
  {
    id: 'headers/request-id',
    title: 'Each reply has the id of its request',
    source: SOURCES.headers,
    holds: ({ headers }) =>
      /^[!-~]+$/.test(headers.get('X-Request-Id') ?? '')
        ? undefined
        : { expected: '`X-Request-Id`: an id', actual: say(headers.get('X-Request-Id') ?? undefined) },
  },
  {
    id: 'headers/etag',
    title: 'A reply that shows one row has its version',
    source: SOURCES.headers,
    of: (reply) => succeeded(reply) && showsOneRow(reply.endpoint),
    holds: ({ headers }) =>
      /^"[^"]+"$/.test(headers.get('ETag') ?? '')
        ? undefined
        : { expected: '`ETag`: a version in quotes', actual: say(headers.get('ETag') ?? undefined) },
  },
  {
    id: 'headers/old-words-only',
    title: 'What is deprecated is told of a request in old words, and of no other',
    source: SOURCES.headers,
    since: 'transitional',
    until: 'transitional',
    of: succeeded,
    holds: deprecationsFit,
  },
  {
    id: 'headers/no-deprecations',
    title: 'Only a transitional service speaks of deprecations, and only it follows preferences',
    source: SOURCES.generations,
    of: ({ generation, strict }) => generation !== 'transitional' && !strict,
    holds: ({ headers }) => {
      const told = ['Deprecation', 'Deprecated-Fields', 'Sunset', 'Preference-Applied'].filter((name) =>
        headers.has(name),
      )
      return told.length === 0 ? undefined : { expected: 'no word of it', actual: told.join(', ') }
    },
  },
  {
    id: 'headers/vary',
    title: 'A transitional reply says that it depends on `Prefer`',
    source: SOURCES.headers,
    of: ({ generation, strict }) => generation === 'transitional' || strict,
    holds: ({ headers }) =>
      /\bPrefer\b/.test(headers.get('Vary') ?? '') ? undefined : { expected: '`Vary`: Prefer', actual: 'another' },
  },
  {
    id: 'headers/preference-applied',
    title: 'A reply says that `handling=strict` was followed',
    source: SOURCES.headers,
    of: ({ strict }) => strict,
    holds: ({ headers }) =>
      headers.get('Preference-Applied') === 'handling=strict'
        ? undefined
        : {
            expected: '`Preference-Applied`: handling=strict',
            actual: say(headers.get('Preference-Applied') ?? undefined),
          },
  },
  {
    id: 'headers/rate-limits',
    title: 'Rate limits, where they are told, are whole numbers',
    source: SOURCES.headers,
    severity: 'warning',
    of: ({ headers }) => headers.has('X-RateLimit-Limit'),
    holds: ({ headers }) =>
      ['Limit', 'Remaining', 'Reset'].every((name) => /^\d+$/.test(headers.get(`X-RateLimit-${name}`) ?? ''))
        ? undefined
        : { expected: 'three whole numbers', actual: 'something else' },
  },
  {
    id: 'refusals/form',
    title: 'A refusal has a detail and a code, and the code has its status',
    source: SOURCES.refusals,
    of: refused,
    holds: hasProblemForm,
  },
  {
    id: 'refusals/items',
    title: 'A field that is refused is told by kind, place, message and code, without its value',
    source: SOURCES.refusals,
    of: (reply) => refused(reply) && itemsOf(reply.json).length > 0,
    holds: hasItemForm,
  },
  {
    id: 'integrations/status-and-enabled',
    title: 'An integration is enabled unless it is inactive',
    source: SOURCES.status,
    of: showsIntegrations,
    holds: (reply) =>
      each(reply, ({ status, enabled }) =>
        enabled === undefined ||
        !isIntegrationStatus(String(status)) ||
        enabled === enabledIn(status as Parameters<typeof enabledIn>[0])
          ? undefined
          : { expected: `\`enabled\` as of ${String(status)}`, actual: sayShown(enabled) },
      ),
  },
  {
    id: 'integrations/category-of-platform',
    title: 'The category of an integration is that of its platform',
    source: SOURCES.status,
    of: showsIntegrations,
    holds: (reply) =>
      each(reply, ({ platform_name: platform, integration_category: category }) =>
        typeof platform !== 'string' || !isPlatform(platform) || category === categoryOf(platform)
          ? undefined
          : { expected: `\`integration_category\`: ${categoryOf(platform)}`, actual: 'another one' },
      ),
  },
  {
    id: 'integrations/healthy',
    title: 'An integration is healthy when it is active and its last check has passed',
    source: SOURCES.fields,
    of: (reply) => showsIntegrations(reply) && reply.endpoint !== 'integrations.listActive',
    holds: (reply) =>
      each(reply, ({ status, is_healthy: healthy, health_info: info, health_check_status: word }) => {
        const last = isJsonObject(info) ? info['status'] : word
        return healthy === (status === 'active' && last === 'healthy')
          ? undefined
          : { expected: '`is_healthy` as status and last check say', actual: sayShown(healthy) }
      }),
  },
  {
    id: 'integrations/rates',
    title: 'The rate of successes is what the counts of requests come to, from 0 to 100',
    source: SOURCES.fields,
    of: showsIntegrations,
    holds: (reply) =>
      each(reply, ({ usage_stats: usage, success_rate: own }) => {
        const {
          total_requests: total,
          successful_requests: done,
          success_rate: inner,
        } = isJsonObject(usage) ? usage : {}
        const rate = Number(own ?? inner)
        const counted =
          total === undefined || total === 0 || Math.abs(rate - (Number(done) / Number(total)) * 100) < 0.01
        return rate >= 0 && rate <= 100 && counted
          ? undefined
          : { expected: 'the rate of the counts', actual: 'another one' }
      }),
  },
  {
    id: 'tickets/derived-fields',
    title: 'What follows from other fields of a ticket fits them',
    source: SOURCES.fields,
    of: showsTickets,
    holds: (reply) => each(reply, ticketFits),
  },
  {
    id: 'replies/times',
    title: 'Times are in UTC, in ISO 8601 with microseconds',
    source: SOURCES.fields,
    of: (reply) => succeeded(reply) && (showsIntegrations(reply) || showsTickets(reply)),
    holds: (reply) =>
      each(reply, (row) => {
        const wrong = Object.entries(row).find(
          ([name, value]) => /_at$|_date$/.test(name) && typeof value === 'string' && !TIME.test(value),
        )
        return wrong === undefined
          ? undefined
          : { expected: `\`${wrong[0]}\`: 2025-09-06T12:00:00.000000Z`, actual: 'another form' }
      }),
  },
  {
    id: 'replies/ids',
    title: 'Ids are UUIDs in lower case',
    source: SOURCES.fields,
    of: (reply) => succeeded(reply) && (showsIntegrations(reply) || showsTickets(reply)),
    holds: (reply) =>
      each(reply, (row) => {
        const wrong = Object.entries(row).find(
          ([name, value]) =>
            /^id$|_id$/.test(name) && !name.startsWith('external_') && typeof value === 'string' && !ID.test(value),
        )
        return wrong === undefined ? undefined : { expected: `\`${wrong[0]}\`: a UUID`, actual: 'another form' }
      }),
  },
]

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function capabilities(generation: Generation): readonly string[] {
  const all = ['cursor', 'if-match', 'idempotency-key', 'integration-id-echo', 'partial-put']
  return generation === 'legacy' ? all : [...all, 'platform-filter']
}

function hasShape({ endpoint, generation, json }: Reply): Fault | undefined {
  const schema = wireSchema(endpoint, 'reply', generation)
  const [issue] = schema === undefined ? [] : check(schema, json, 'reply')
  return issue === undefined
    ? undefined
    : { expected: `the fields of a ${generation} reply`, actual: `${issue.type} at ${issue.loc.join('.')}` }
}

function hasNone(
  reply: Reply,
  names: (change: ReturnType<typeof changesOf>[number]) => readonly string[],
): Fault | undefined {
  const { reply: schema } = endpointOf(reply.endpoint)
  const unwanted = changesOf(reply.endpoint, 'reply').flatMap(names)
  if (schema === undefined) return undefined
  return entitiesOf({ ...reply, current: reply.json })
    .map((row) => unwanted.find((name) => Object.hasOwn(row, name)))
    .filter((name) => name !== undefined)
    .map((name) => ({ expected: `no \`${name}\``, actual: `\`${name}\`` }))[0]
}

function bothAgree(reply: Reply): Fault | undefined {
  return entitiesOf({ ...reply, current: reply.json })
    .map(rowAgrees)
    .find((fault) => fault !== undefined)
}

function rowAgrees(row: JsonObject): Fault | undefined {
  const result = isJsonObject(row['integration_result']) ? row['integration_result'] : {}
  const pairs: readonly (readonly [string, unknown])[] = [
    ['is_enabled', row['enabled']],
    ['integration_type', row['platform_name']],
    ['external_ticket_id', result['external_ticket_id'] ?? null],
    ['external_ticket_url', result['external_ticket_url'] ?? null],
    ['assignee', row['assigned_to_id']],
    ['files', filesOf(row['attachments'], 'file_id')],
  ]
  const wrong = pairs.find(([name, now]) => Object.hasOwn(row, name) && oldValue(name, row[name]) !== now)
  return wrong === undefined
    ? undefined
    : { expected: `\`${wrong[0]}\` as its new words say`, actual: 'something else' }
}

function oldValue(name: string, value: unknown): unknown {
  if (name === 'assignee') return isJsonObject(value) ? value['id'] : value
  return name === 'files' ? filesOf(value, 'id') : (value ?? null)
}

const filesOf = (files: unknown, key: string): unknown =>
  Array.isArray(files)
    ? files.map((file: unknown) => (isJsonObject(file) ? String(file[key]) : '')).join()
    : (files ?? null)

function showsOneRow(endpoint: EndpointId): boolean {
  const { reply, envelope, method, refusals = [] } = endpointOf(endpoint)
  if (reply === undefined || endpoint === 'integrations.sync') return false
  const shows = envelope === 'ticket' || ['id', 'updated_at'].every((name) => fieldsOf(reply).includes(name))
  return shows || (method === 'POST' && refusals.includes('version_conflict'))
}

// What the request says in old words is the domain's to tell; the headers have to name the same.
function deprecationsFit({ endpoint, ask, headers }: Reply): Fault | undefined {
  const options = { generation: 'transitional' } as const
  const pairs = Object.entries(ask.query ?? {}).map(([name, value]) => [name, String(value)] as const)
  const used = [
    ...(isJsonObject(ask.body) && acceptedChangesOf(endpoint, 'body').length > 0
      ? readBody(endpoint, ask.body, options).used
      : []),
    ...readQuery(endpoint, pairs, options).used,
  ].map(({ field, use }) => `${field};use=${use}`)
  const told = (headers.get('Deprecated-Fields') ?? '').split(', ').filter((one) => one !== '')
  const fits = used.toSorted(byText).join() === told.toSorted(byText).join()
  const dated = headers.has('Deprecation') === (used.length > 0 || movedTo(endpoint) !== undefined)
  return fits && dated
    ? undefined
    : {
        expected: `\`Deprecated-Fields\`: ${used.join(', ') || 'none'}`,
        actual: told.length > 0 ? told.join(', ') : 'none',
      }
}

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

function hasProblemForm({ json, status }: Reply): Fault | undefined {
  if (!isJsonObject(json)) return { expected: 'an object with `detail` and `code`', actual: 'no object' }
  const { code, detail } = json
  const problem = Object.entries(problems).find(([word]) => word === code)?.[1]
  if (problem === undefined) return { expected: '`code`: one of those that are documented', actual: sayShown(code) }
  if (problem.status !== status)
    return { expected: `${problem.status} for \`${String(code)}\``, actual: String(status) }
  return (typeof detail === 'string' && detail !== '') || (Array.isArray(detail) && detail.length > 0)
    ? undefined
    : { expected: '`detail`: a text or a list', actual: 'neither' }
}

function hasItemForm({ json }: Reply): Fault | undefined {
  const wrong = itemsOf(json).find(
    (item) =>
      !['type', 'msg', 'code'].every((name) => typeof item[name] === 'string') ||
      !Array.isArray(item['loc']) ||
      Object.hasOwn(item, 'input') ||
      !Object.entries(problems).some(([word, problem]) => word === item['code'] && 'item' in problem),
  )
  return wrong === undefined
    ? undefined
    : { expected: '`type`, `loc`, `msg`, a known `code`, and no `input`', actual: Object.keys(wrong).join(', ') }
}

function showsIntegrations(reply: Reply): boolean {
  return succeeded(reply) && SHOWING_INTEGRATIONS.includes(reply.endpoint)
}

const SHOWING_INTEGRATIONS: readonly EndpointId[] = [
  'integrations.create',
  'integrations.list',
  'integrations.listActive',
  'integrations.retrieve',
  'integrations.update',
  'integrations.setStatus',
]

function showsTickets({ endpoint, status }: Reply): boolean {
  const shown = changesOf(endpoint, 'reply').some(({ id }) => id === 'ticket-reply')
  return shown && status < 300
}

function each(reply: Reply, holds: (row: JsonObject) => Fault | undefined): Fault | undefined {
  return entitiesOf(reply)
    .map(holds)
    .find((fault) => fault !== undefined)
}

function ticketFits(row: JsonObject): Fault | undefined {
  const {
    title,
    priority,
    status,
    resolution_time_minutes: minutes,
    resolution_time_hours: hours,
    created_at: from,
    resolved_at: to,
  } = row
  const letters = [...String(title)]
  const took = typeof to !== 'string' ? null : Math.floor((Date.parse(to) - Date.parse(String(from))) / 60_000)
  const facts: readonly (readonly [string, boolean])[] = [
    ['is_high_priority', row['is_high_priority'] === (priority === 'high' || priority === 'critical')],
    ['can_be_closed', row['can_be_closed'] === (status === 'resolved' || status === 'pending')],
    ['display_title', row['display_title'] === (letters.length > 100 ? `${letters.slice(0, 100).join('')}...` : title)],
    ['resolution_time_minutes', minutes === took],
    ['resolution_time_hours', hours === (took === null ? null : Math.round((took / 60) * 100) / 100)],
    ['age_in_hours', Number(row['age_in_hours']) >= 0],
    ['sla_breached', row['sla_breached'] === row['is_overdue']],
  ]
  const wrong = facts.find(([, fits]) => !fits)
  return wrong === undefined
    ? undefined
    : { expected: `\`${wrong[0]}\` as the other fields say`, actual: 'something else' }
}
