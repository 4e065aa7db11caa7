import { DEFAULT_USER, type IntegrationRow, type TicketRow } from '@ai-ticket-creator/reference-api'
import type { Client } from '@ai-ticket-creator/sdk'
import type { TestApi } from '@ai-ticket-creator/test-utils'

/** The rows that are stored before the first call. */
export interface Rows {
  readonly active: { readonly id: string }
  readonly inactive: { readonly id: string }
  readonly ticket: { readonly id: string }
}

/** A call of the client, and a check in the store that the call had its effect. */
export interface Operation {
  readonly name: string
  /** Whether a version supports the operation. Default: every version does. */
  readonly isSupportedBy?: (version: string) => boolean
  readonly run: (client: Client, rows: Rows) => Promise<unknown>
  /** Checks that a successful call had its effect. Returns what is wrong, or undefined. */
  readonly findMistake: (api: TestApi, rows: Rows, result: unknown) => Promise<string | undefined>
}

const allRows = { offset: 0, limit: 1000, now: new Date() }

const integrationsIn = async ({ store }: TestApi): Promise<readonly IntegrationRow[]> =>
  (await store.integrations.list(DEFAULT_USER.organization_id, {}, allRows)).rows

const ticketsIn = async ({ store }: TestApi): Promise<readonly TicketRow[]> =>
  (await store.tickets.list(DEFAULT_USER.organization_id, {}, allRows)).rows

/** The names of rows that exist twice. There must be none, whatever the outcome of the call is. */
export async function duplicates(api: TestApi): Promise<readonly string[]> {
  const names = [
    ...(await integrationsIn(api)).map(({ name }) => `integration ${name}`),
    ...(await ticketsIn(api)).map(({ title }) => `ticket ${title}`),
  ]
  return names.filter((name, index) => names.indexOf(name) !== index)
}

export async function seedRows(api: TestApi): Promise<Rows> {
  const credentials = { url: 'https://jira.example.test', email: 'bot@example.test', api_token: 't', api_key: 'k' }
  const active = await api.seed.integration({ name: 'JIRA Production', credentials })
  const inactive = await api.seed.integration({ name: 'Zoom', platform_name: 'zoom', enabled: false })
  const ticket = await api.seed.ticket({ title: 'Old title', department: 'IT', internal_notes: 'keep' })
  return { active, inactive, ticket }
}

async function findIntegration(api: TestApi, id: string): Promise<IntegrationRow | undefined> {
  return (await integrationsIn(api)).find((row) => row.id === id)
}

async function findTicket(api: TestApi, id: string): Promise<TicketRow | undefined> {
  return (await ticketsIn(api)).find((row) => row.id === id)
}

async function findRoutingMistake(api: TestApi, title: string, id: string): Promise<string | undefined> {
  const row = (await ticketsIn(api)).find((one) => one.title === title)
  if (row === undefined) return 'no ticket'
  if (row.integration_id !== id) return `it went to ${row.integration_id}`
  return row.integration_result?.success === true ? undefined : 'it was not sent to its platform'
}

export const operations: readonly Operation[] = [
  {
    name: 'create an inactive integration',
    run: (client) =>
      client.integrations.create({
        name: 'Custom',
        platform_name: 'jira',
        auth_type: 'custom',
        enabled: false,
        credentials: { url: 'https://jira.example.test', email: 'bot@example.test', api_token: 't' },
      }),
    findMistake: async (api) => {
      const row = (await integrationsIn(api)).find(({ name }) => name === 'Custom')
      if (row === undefined) return 'no integration'
      return row.status === 'inactive' && row.platform_name === 'jira' ? undefined : `it is ${row.status}`
    },
  },
  {
    name: 'update an integration',
    // All versions of the existing backend answer this request with 500.
    isSupportedBy: (version) => !version.startsWith('existing'),
    run: (client, { active }) => client.integrations.update(active.id, { description: 'new', default_priority: 7 }),
    findMistake: async (api, { active }) => {
      const row = await findIntegration(api, active.id)
      return row?.description === 'new' && row.default_priority === 7 ? undefined : 'it is not stored'
    },
  },
  {
    name: 'enable',
    run: (client, { inactive }) => client.integrations.enable(inactive.id),
    findMistake: async (api, { inactive }) =>
      (await findIntegration(api, inactive.id))?.status === 'inactive' ? 'it is not enabled' : undefined,
  },
  {
    name: 'disable',
    run: (client, { active }) => client.integrations.disable(active.id),
    findMistake: async (api, { active }) =>
      (await findIntegration(api, active.id))?.status === 'inactive' ? undefined : 'it is not disabled',
  },
  {
    name: 'a ticket by name',
    run: (client) => client.tickets.create({ title: 'By name', description: 'd', integration_name: 'JIRA Production' }),
    findMistake: (api, { active }) => findRoutingMistake(api, 'By name', active.id),
  },
  {
    name: 'a ticket by id',
    run: (client, { active }) => client.tickets.create({ title: 'By id', description: 'd', integration_id: active.id }),
    findMistake: (api, { active }) => findRoutingMistake(api, 'By id', active.id),
  },
  {
    name: 'update a ticket',
    run: (client, rows) => client.tickets.update(rows.ticket.id, { title: 'New title', priority: 'high' }),
    findMistake: async (api, rows) => {
      const row = await findTicket(api, rows.ticket.id)
      if (row?.title !== 'New title' || row.priority !== 'high') return 'it is not stored'
      return row.department === 'IT' && row.internal_notes === 'keep' ? undefined : 'other fields are lost'
    },
  },
  {
    name: 'the status of a ticket',
    run: (client, rows) => client.tickets.setStatus(rows.ticket.id, 'in_progress'),
    findMistake: async (api, rows) =>
      (await findTicket(api, rows.ticket.id))?.status === 'in_progress' ? undefined : 'it is not stored',
  },
  {
    name: 'a list with filters',
    run: async (client) =>
      (await client.integrations.list({ platform_name: 'zoom', enabled: false })).items.map(({ name }) => name),
    findMistake: async (api, _rows, names) => {
      const matching = (await integrationsIn(api)).filter((row) => row.platform_name === 'zoom' && !row.enabled)
      const expected = matching.map(({ name }) => name)
      return JSON.stringify(names) === JSON.stringify(expected)
        ? undefined
        : `it shows ${JSON.stringify(names)}, not ${JSON.stringify(expected)}`
    },
  },
]
