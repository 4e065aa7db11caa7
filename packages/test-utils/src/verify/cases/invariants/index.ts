import {
  categoryOf,
  ENDPOINT_IDS,
  type EndpointId,
  endpointOf,
  isEnabledStatus,
  isIntegrationStatus,
  isPlatform,
  type JsonObject,
} from '@ai-ticket-creator/domain'
import { capabilitiesOf, hasEtag, isJsonObject, isUuid } from '@ai-ticket-creator/domain/internal'
import type { Fault, Invariant } from '../../model/case.ts'
import { describe, describeShown, itemsOf } from '../../model/describe.ts'
import { entitiesOf, type Reply } from '../../model/observed-reply.ts'
import { SOURCES } from '../../model/spec-references.ts'
import { deprecationsFit } from './deprecation-headers.ts'
import { hasItemForm, hasProblemForm } from './problem-format.ts'
import { bothAgree, hasNone, hasShape } from './reply-schema.ts'
import { showsTickets, ticketFits } from './tickets.ts'

const succeeded = ({ status }: Reply): boolean => status < 300
const refused = ({ status }: Reply): boolean => status >= 400

/** Rules that hold for every reply of a kind, whatever was asked. */
export const invariants: readonly Invariant[] = [
  ...ENDPOINT_IDS.filter((endpoint) => endpointOf(endpoint).reply !== undefined).map(
    (endpoint): Invariant => ({
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
        : {
            expected: 'JSON as application/json',
            actual: `${json === undefined ? 'no JSON' : 'JSON'} as ${describe(type)}`,
          }
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
      return got === expected ? undefined : { expected: `\`API-Generation\`: ${expected}`, actual: describe(got) }
    },
  },
  {
    id: 'headers/api-capabilities',
    title: 'Each reply names what a caller can rely on',
    source: SOURCES.headers,
    holds: ({ headers, generation, strict }) => {
      const told = (headers.get('API-Capabilities') ?? '').split(', ')
      const lacking = capabilitiesOf(strict ? 'transitional' : generation).filter((name) => !told.includes(name))
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
        : { expected: '`X-Request-Id`: an id', actual: describe(headers.get('X-Request-Id') ?? undefined) },
  },
  {
    id: 'headers/etag',
    title: 'A reply that shows one row has its version',
    source: SOURCES.headers,
    of: (reply) => succeeded(reply) && hasEtag(reply.endpoint),
    holds: ({ headers }) =>
      /^"[^"]+"$/.test(headers.get('ETag') ?? '')
        ? undefined
        : { expected: '`ETag`: a version in quotes', actual: describe(headers.get('ETag') ?? undefined) },
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
            actual: describe(headers.get('Preference-Applied') ?? undefined),
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
        enabled === isEnabledStatus(status as Parameters<typeof isEnabledStatus>[0])
          ? undefined
          : { expected: `\`enabled\` as of ${String(status)}`, actual: describeShown(enabled) },
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
          : { expected: '`is_healthy` as status and last check say', actual: describeShown(healthy) }
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
            /^id$|_id$/.test(name) &&
            !name.startsWith('external_') &&
            typeof value === 'string' &&
            !(isUuid(value) && value === value.toLowerCase()),
        )
        return wrong === undefined ? undefined : { expected: `\`${wrong[0]}\`: a UUID`, actual: 'another form' }
      }),
  },
]

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/

export const filesOf = (files: unknown, key: string): unknown =>
  Array.isArray(files)
    ? files.map((file: unknown) => (isJsonObject(file) ? String(file[key]) : '')).join()
    : (files ?? null)

export const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

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

function each(reply: Reply, holds: (row: JsonObject) => Fault | undefined): Fault | undefined {
  return entitiesOf(reply)
    .map(holds)
    .find((fault) => fault !== undefined)
}
