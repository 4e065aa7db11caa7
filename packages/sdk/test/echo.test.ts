import { contract, ENDPOINT_IDS, type EndpointId, endpointOf, type JsonObject } from '@ai-ticket-creator/domain'
import { fieldsOf } from '@ai-ticket-creator/domain/internal'
import { createApp, createMemoryStore, DEFAULT_USER, PROFILES, type Profile } from '@ai-ticket-creator/reference-api'
import { afterAll, describe, expect, test } from 'vitest'
import { readSize } from '../../../vitest.sizes.ts'
import {
  type Client,
  createClient,
  isApiError,
  isInvalidRequestError,
  isSilentDropError,
  isUnverifiableWriteError,
} from '../src/index.ts'
import { echoOf } from '../src/verification/echo-table.ts'
import { baseUrl, nthId, setStoredFields } from './backend.ts'

const org = DEFAULT_USER.organization_id
const me = DEFAULT_USER.id

describe('where a written field can be seen', () => {
  test('is classified for every field of every request', () => {
    const elsewhere = ENDPOINT_IDS.flatMap((id) =>
      requestFields(id)
        .filter((field) => echoOf(id, field) !== 'reply')
        .map((field) => `${id} ${field}: ${echoOf(id, field)}`),
    )

    expect(elsewhere).toEqual([
      'integrations.create webhook_secret: none',
      'integrations.update credentials: read-back',
      'integrations.update webhook_secret: none',
      'integrations.setStatus reason: none',
      'integrations.test test_data: none',
      'integrations.test auto_activate_on_success: none',
      'integrations.sync filters: none',
      'tickets.createWithAi user_input: none',
      'tickets.createWithAi uploaded_files: none',
      'tickets.createWithAi conversation_context: none',
      'tickets.createWithAi user_preferences: none',
      'tickets.update assignment_reason: none',
      'tickets.update tags: none',
      'tickets.assign reason: none',
    ])
  })

  test('is the reply only if the reply has the field or its equivalent', () => {
    const standsFor: Readonly<Record<string, string>> = {
      create_externally: 'integration_result',
      credentials: 'credentials_updated_at',
      due_date: 'sla_due_date',
      test_types: 'test_type',
    }

    const unclassified = ENDPOINT_IDS.flatMap((id) =>
      requestFields(id)
        .filter((field) => echoOf(id, field) === 'reply' && !replyFields(id).includes(standsFor[field] ?? field))
        .map((field) => `${id} ${field}`),
    )

    expect(unclassified).toEqual([])
  })
})

// Values that are written one field at a time; each differs from that of a new row.
const settings = {
  description: 'Where bugs go',
  base_url: 'https://bugs.example.test',
  api_version: '3',
  credentials: { api_key: 'k', email: 'bot@example.test', api_token: 't', url: 'https://bugs.example.test' },
  oauth_scopes: ['read'],
  routing_rules: { team: ['bugs'] },
  default_priority: 7,
  supports_categories: ['bug'],
  supports_priorities: ['high'],
  department_mapping: { it: 'IT' },
  custom_fields_mapping: { floor: 'customfield_1' },
  webhook_url: 'https://hooks.example.test/in',
  webhook_secret: 'hush',
  sync_enabled: true,
  sync_frequency_minutes: 15,
  rate_limit_per_hour: 100,
  notification_events: ['created'],
  notification_channels: { chat: 'bugs' },
  environment: 'staging',
  region: 'eu',
}
const ticketFields = {
  title: 'Another title',
  description: 'Another text.',
  category: 'bug',
  priority: 'high',
  urgency: 'low',
  department: 'IT',
  assigned_to_id: me,
  custom_fields: { floor: 2 },
  attachments: [{ file_id: nthId(77) }],
}

interface Walk {
  readonly endpointId: EndpointId
  readonly fields: JsonObject
  /** Writes one field. Returns the id of the row and the unverified fields. */
  readonly write: (
    client: Client,
    change: JsonObject,
    ids: Ids,
  ) => Promise<{ id: string; unverified: readonly string[] }>
}
interface Ids {
  readonly integration: string
  readonly ticket: string
}

const walks: readonly Walk[] = [
  {
    endpointId: 'integrations.create',
    fields: {
      ...settings,
      enabled: false,
      name: 'Another',
      integration_category: 'ticketing',
      platform_name: 'jira',
      auth_type: 'custom',
    },
    write: async (client, change) => {
      const input = {
        name: 'Bugs',
        platform_name: 'jira',
        auth_type: 'api_key',
        credentials: settings.credentials,
        ...change,
      }
      const { data, unverified } = await client.integrations.create(input as never).withResponse()
      return { id: data.id, unverified }
    },
  },
  {
    endpointId: 'integrations.update',
    fields: { ...settings, enabled: false, name: 'Another' },
    write: async (client, change, { integration: id }) => ({
      id,
      unverified: (await client.integrations.update(id, change).withResponse()).unverified,
    }),
  },
  {
    endpointId: 'integrations.setStatus',
    fields: { enabled: false, reason: 'holidays' },
    write: async (client, { reason }, { integration: id }) => ({
      id,
      unverified: (await client.integrations.disable(id, { reason: reason as string | undefined }).withResponse())
        .unverified,
    }),
  },
  {
    endpointId: 'tickets.create',
    fields: { ...ticketFields, integration_id: '', create_externally: false },
    write: async (client, change, { integration }) => {
      const named = 'integration_id' in change || 'create_externally' in change ? { integration_id: integration } : {}
      const input = { title: 'Printer', description: 'Out of paper.', ...change, ...named }
      const { data, unverified } = await client.tickets.create(input).withResponse()
      return { id: data.id, unverified }
    },
  },
  {
    endpointId: 'tickets.replace',
    fields: {
      ...ticketFields,
      status: 'open',
      integration_id: '',
      internal_notes: 'seen',
      resolution_summary: 'mended',
    },
    write: async (client, change, { ticket: id, integration }) => {
      const body = 'integration_id' in change ? { integration_id: integration } : change
      return { id, unverified: (await client.tickets.replace(id, body).withResponse()).unverified }
    },
  },
  {
    endpointId: 'tickets.update',
    fields: {
      ...Object.fromEntries(Object.entries(ticketFields).filter(([field]) => field !== 'urgency')),
      status: 'open',
      assignment_reason: 'on call',
      due_date: '2027-01-01T00:00:00Z',
      tags: ['b', 'a', 'b'],
      internal_notes: 'seen',
      resolution_summary: 'mended',
    },
    write: async (client, change, { ticket: id }) => {
      const body = 'assignment_reason' in change ? { assigned_to_id: me, ...change } : change
      return { id, unverified: (await client.tickets.update(id, body).withResponse()).unverified }
    },
  },
  {
    endpointId: 'tickets.setStatus',
    fields: { status: 'resolved', resolution_summary: 'mended', internal_notes: 'seen' },
    write: async (client, change, { ticket: id }) => {
      const { status = 'resolved', ...others } = { resolution_summary: 'mended', ...change } as { status?: 'resolved' }
      return { id, unverified: (await client.tickets.setStatus(id, status, others).withResponse()).unverified }
    },
  },
  {
    endpointId: 'tickets.assign',
    fields: { assigned_to_id: me, reason: 'on call' },
    write: async (client, change, { ticket: id }) => {
      const { reason } = change as { reason?: string }
      return { id, unverified: (await client.tickets.assign(id, me, { reason }).withResponse()).unverified }
    },
  },
  {
    endpointId: 'tickets.addAttachments',
    fields: { attachments: [{ file_id: nthId(77) }] },
    write: async (client, change, { ticket: id }) => {
      const { attachments } = change as { attachments: { file_id: string }[] }
      return { id, unverified: (await client.tickets.attachments.add(id, attachments).withResponse()).unverified }
    },
  },
]
// These endpoints store nothing of their input.
const storeNothing = ['integrations.test', 'integrations.sync', 'tickets.createWithAi']

test('every writable field is written below', () => {
  const written = walks.map(({ endpointId, fields }) => [endpointId, Object.keys(fields).toSorted()])

  const known = ENDPOINT_IDS.filter((id) => requestFields(id).length > 0 && !storeNothing.includes(id))
  expect(Object.fromEntries(written)).toEqual(Object.fromEntries(known.map((id) => [id, requestFields(id).toSorted()])))
})

const backends = [
  ['legacy', 'legacy'],
  ['transitional', 'current'],
  ['current', 'current'],
  ['existing-legacy', 'legacy'],
  ['existing-refactored', 'current'],
  ['existing-latest', 'current'],
  ['existing-legacy', 'auto'],
  ['existing-refactored', 'auto'],
  ['existing-latest', 'auto'],
] as const

type Outcome = 'stored' | 'unverified' | 'SilentDropError' | 'UnverifiableWriteError' | 'refused' | 'UNNOTICED'
const counts = new Map<string, Map<Outcome, number>>()
afterAll(() => {
  for (const [name, outcomes] of counts) console.log(name.padEnd(26), Object.fromEntries(outcomes))
})

// Where the client detects the generation, each profile gets every third field, in turn. `npm run test:deep -- echo` writes all.
const DETECTED_EVERY = readSize('ECHO_EVERY', 3)

describe.each(backends)('against %s, in the %s generation', (backend, generation) => {
  const turn = isProfile(backend) ? PROFILES.indexOf(backend) : 0
  const isInTurn = (index: number): boolean => generation !== 'auto' || index % DETECTED_EVERY === turn % DETECTED_EVERY
  const fields = walks
    .flatMap((walk) => Object.keys(walk.fields).map((field) => ({ walk, field, id: walk.endpointId })))
    .filter((_, index) => isInTurn(index))

  test.each(fields)('$id $field is stored, or reported as dropped or unverified', async ({ walk, field }) => {
    const outcome = await writeAlone(backend, generation, walk, field)

    const name = `${backend} (${generation})`
    const outcomes = counts.get(name) ?? new Map<Outcome, number>()
    counts.set(name, outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1))
    const reported: readonly Outcome[] = ['unverified', 'SilentDropError', 'UnverifiableWriteError']
    // The reference API stores everything that it accepts.
    expect(['stored', 'refused', ...(isProfile(backend) ? reported : [])]).toContain(outcome)
  })
})

async function writeAlone(
  backend: (typeof backends)[number][0],
  generation: (typeof backends)[number][1],
  { endpointId, fields, write }: Walk,
  field: string,
): Promise<Outcome> {
  const store = createMemoryStore()
  const app = createApp({ store })
  const connected = { baseUrl, token: DEFAULT_USER.token, fetch: app.fetch, retry: false } as const
  const ids = await rowsIn(store, createClient({ ...connected, generation: 'current' }))
  if (isProfile(backend)) app.switchProfile(backend)
  else app.switchGeneration(backend)
  // A fetch of its own, so that no detected generation is shared.
  const client = createClient({ ...connected, fetch: (request) => app.fetch(request), generation })

  try {
    const { id, unverified } = await write(client, { [field]: fields[field] }, ids)
    if (await isStored(store, endpointId, id, field, fields[field], ids)) return 'stored'
    return unverified.includes(newNames[`${endpointId} ${field}`] ?? field) ? 'unverified' : 'UNNOTICED'
  } catch (error) {
    if (isUnverifiableWriteError(error)) return 'UnverifiableWriteError'
    if (isSilentDropError(error)) return error.fields.includes(field) ? 'SilentDropError' : 'UNNOTICED'
    if (isInvalidRequestError(error) || (isApiError(error) && error.status < 500)) return 'refused'
    throw error
  }
}

const newNames: Readonly<Record<string, string>> = { 'tickets.assign reason': 'assignment_reason' }

const isProfile = (backend: string): backend is Profile => backend.startsWith('existing')

/** Creates a usable integration and a ticket, before the backend switches its generation or profile. */
async function rowsIn(store: ReturnType<typeof createMemoryStore>, client: Client): Promise<Ids> {
  const { id } = await client.integrations.create({
    name: 'Tracker',
    platform_name: 'jira',
    credentials: { ...settings.credentials, api_token: 'before' },
  })
  await setStoredFields(store, id, { health_check_status: 'healthy', checks_due_at: null, due_checks: [] })
  const { id: ticket } = await client.tickets.create({ title: 'Paper', description: 'None left.' })
  return { integration: id, ticket }
}

async function isStored(
  store: ReturnType<typeof createMemoryStore>,
  endpointId: EndpointId,
  id: string,
  field: string,
  value: unknown,
  ids: Ids,
): Promise<boolean> {
  const rows = endpointId.startsWith('tickets.') ? store.tickets : store.integrations
  const row: JsonObject = { ...(await rows.find(org, id)) }
  const expected: Readonly<Record<string, () => boolean>> = {
    create_externally: () => row['integration_result'] === null,
    due_date: () =>
      row['sla_due_date'] === '2027-01-01T00:00:00.000Z' || row['sla_due_date'] === '2027-01-01T00:00:00.000000Z',
    integration_id: () => row['integration_id'] === ids.integration,
    reason: () => row['last_error_message'] === 'Disabled: holidays' || row['assignment_reason'] === 'on call',
    tags: () => String(row['tags']) === 'b,a',
  }
  return (expected[field] ?? (() => JSON.stringify(row[field]) === JSON.stringify(value)))()
}

const requestFields = (id: EndpointId): readonly string[] => {
  const { body } = endpointOf(id)
  return body === undefined ? [] : fieldsOf(body)
}

const replyFields = (id: EndpointId): readonly string[] => {
  const { reply, envelope } = endpointOf(id)
  if (reply === undefined) return []
  return fieldsOf(envelope === 'ticket' ? contract['tickets.retrieve'].reply : reply)
}
