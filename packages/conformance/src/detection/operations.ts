import { DEFAULT_USER, type IntegrationRow, type TicketRow } from '@ai-ticket-creator/reference-api'
import type { Client } from '@ai-ticket-creator/sdk'
import type { TestApi } from '@ai-ticket-creator/test-utils'

/** The rows that are there before the first call. */
export interface Rows {
  readonly active: { readonly id: string }
  readonly off: { readonly id: string }
  readonly ticket: { readonly id: string }
}

/** A call, and how to see in the store whether its intent is there. */
export interface Operation {
  readonly name: string
  /** Whether it can be done at all by an age: `update` is answered 500 by all of the existing ones. */
  readonly doneBy?: (age: string) => boolean
  readonly run: (client: Client, rows: Rows) => Promise<unknown>
  /** What is wrong though the call was reported as done. */
  readonly wrong: (api: TestApi, rows: Rows, result: unknown) => Promise<string | undefined>
}

const everything = { offset: 0, limit: 1000, now: new Date() }

const integrationsIn = async ({ store }: TestApi): Promise<readonly IntegrationRow[]> =>
  (await store.integrations.list(DEFAULT_USER.organization_id, {}, everything)).rows

const ticketsIn = async ({ store }: TestApi): Promise<readonly TicketRow[]> =>
  (await store.tickets.list(DEFAULT_USER.organization_id, {}, everything)).rows

/** What would be a duplicate, after whatever came of a call. */
export async function duplicates(api: TestApi): Promise<readonly string[]> {
  const names = [
    ...(await integrationsIn(api)).map(({ name }) => `integration ${name}`),
    ...(await ticketsIn(api)).map(({ title }) => `ticket ${title}`),
  ]
  return names.filter((name, index) => names.indexOf(name) !== index)
}

export async function giveRows(api: TestApi): Promise<Rows> {
  const credentials = { url: 'https://jira.example.test', email: 'bot@example.test', api_token: 't', api_key: 'k' }
  const active = await api.seed.integration({ name: 'JIRA Production', credentials })
  const off = await api.seed.integration({ name: 'Zoom', platform_name: 'zoom', enabled: false })
  const ticket = await api.seed.ticket({ title: 'Old title', department: 'IT', internal_notes: 'keep' })
  return { active, off, ticket }
}

/** Fields of an integration in the store. */
async function integration(api: TestApi, id: string): Promise<IntegrationRow | undefined> {
  return (await integrationsIn(api)).find((row) => row.id === id)
}

async function ticket(api: TestApi, id: string): Promise<TicketRow | undefined> {
  return (await ticketsIn(api)).find((row) => row.id === id)
}

async function filed(api: TestApi, title: string, id: string): Promise<string | undefined> {
  const row = (await ticketsIn(api)).find((one) => one.title === title)
  if (row === undefined) return 'no ticket'
  if (row.integration_id !== id) return `it went to ${row.integration_id}`
  return row.integration_result?.success === true ? undefined : 'it did not reach its platform'
}

export const operations: readonly Operation[] = [
  {
    name: 'create an integration that is off',
    run: (client) =>
      client.integrations.create({
        name: 'Custom',
        platform_name: 'jira',
        auth_type: 'custom',
        enabled: false,
        credentials: { url: 'https://jira.example.test', email: 'bot@example.test', api_token: 't' } as never,
      }),
    wrong: async (api) => {
      const row = (await integrationsIn(api)).find(({ name }) => name === 'Custom')
      if (row === undefined) return 'no integration'
      return row.status === 'inactive' && row.platform_name === 'jira' ? undefined : `it is ${row.status}`
    },
  },
  {
    name: 'update an integration',
    doneBy: (age) => !age.startsWith('existing'),
    run: (client, { active }) => client.integrations.update(active.id, { description: 'new', default_priority: 7 }),
    wrong: async (api, { active }) => {
      const row = await integration(api, active.id)
      return row?.description === 'new' && row.default_priority === 7 ? undefined : 'it is not written'
    },
  },
  {
    name: 'enable',
    run: (client, { off }) => client.integrations.enable(off.id),
    wrong: async (api, { off }) => ((await integration(api, off.id))?.status === 'inactive' ? 'it is off' : undefined),
  },
  {
    name: 'disable',
    run: (client, { active }) => client.integrations.disable(active.id),
    wrong: async (api, { active }) =>
      (await integration(api, active.id))?.status === 'inactive' ? undefined : 'it is on',
  },
  {
    name: 'a ticket by name',
    run: (client) => client.tickets.create({ title: 'By name', description: 'd', integration_name: 'JIRA Production' }),
    wrong: (api, { active }) => filed(api, 'By name', active.id),
  },
  {
    name: 'a ticket by id',
    run: (client, { active }) => client.tickets.create({ title: 'By id', description: 'd', integration_id: active.id }),
    wrong: (api, { active }) => filed(api, 'By id', active.id),
  },
  {
    name: 'update a ticket',
    run: (client, rows) => client.tickets.update(rows.ticket.id, { title: 'New title', priority: 'high' }),
    wrong: async (api, rows) => {
      const row = await ticket(api, rows.ticket.id)
      if (row?.title !== 'New title' || row.priority !== 'high') return 'it is not written'
      return row.department === 'IT' && row.internal_notes === 'keep' ? undefined : 'other fields are lost'
    },
  },
  {
    name: 'the status of a ticket',
    run: (client, rows) => client.tickets.setStatus(rows.ticket.id, 'in_progress'),
    wrong: async (api, rows) =>
      (await ticket(api, rows.ticket.id))?.status === 'in_progress' ? undefined : 'it is not written',
  },
  {
    name: 'a list with filters',
    run: async (client) =>
      (await client.integrations.list({ platform_name: 'zoom', enabled: false })).items.map(({ name }) => name),
    wrong: async (api, _rows, names) => {
      const fitting = (await integrationsIn(api)).filter((row) => row.platform_name === 'zoom' && !row.enabled)
      const expected = fitting.map(({ name }) => name)
      return JSON.stringify(names) === JSON.stringify(expected)
        ? undefined
        : `it shows ${JSON.stringify(names)}, not ${JSON.stringify(expected)}`
    },
  },
]
