import {
  type App,
  type AppOptions,
  createApp,
  createMemoryStore,
  DEFAULT_USER,
  deviations,
  type IntegrationRow,
  type Profile,
  type Store,
  type TicketRow,
} from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { integrationRow, ticketRow } from '../rows.ts'
import type { Fields } from '../send.ts'

/** A profile with its store. */
export interface Backend {
  readonly profile: Profile
  readonly app: App
  readonly store: Store
  /** Whether its generation is legacy. */
  readonly old: boolean
}

/** Tests of a row: one for each of its profiles, titled by its summary. */
export function row(id: string, run: (backend: Backend) => Promise<void>, options: AppOptions = {}): void {
  const found = deviations.find((deviation) => deviation.id === id)
  if (found === undefined) throw new Error(`no row is called ${id}`)
  test.each(found.profiles)(`%s, ${id}: ${found.summary}`, async (profile) => {
    expect.hasAssertions()
    await run(await backend(profile, options))
  })
}

export async function backend(profile: Profile, options: AppOptions = {}): Promise<Backend> {
  const store = createMemoryStore()
  return { profile, app: createApp({ profile, store, ...options }), store, old: profile === 'existing-legacy' }
}

const A = integrationRow().id
const T = ticketRow().id
export const integrationPath = `/integrations/${A}`
export const ticketPath = `/tickets/${T}`

/** Inserts an integration. */
export const keepIntegration = ({ store }: Pick<Backend, 'store'>, fields: Partial<IntegrationRow> = {}) =>
  store.integrations.insert(integrationRow(fields))

/** Inserts a ticket. */
export const keepTicket = ({ store }: Pick<Backend, 'store'>, fields: Partial<TicketRow> = {}) =>
  store.tickets.insert(ticketRow(fields))

/** The stored integration. */
export const storedIntegration = ({ store }: Pick<Backend, 'store'>, id: string = A) =>
  store.integrations.find(DEFAULT_USER.organization_id, id)

/** The stored ticket. */
export const storedTicket = ({ store }: Pick<Backend, 'store'>, id: string = T) =>
  store.tickets.find(DEFAULT_USER.organization_id, id)

/** All stored tickets. */
export const allTickets = async ({ store }: Pick<Backend, 'store'>) =>
  (await store.tickets.list(DEFAULT_USER.organization_id, {}, { offset: 0, limit: 100, now: new Date(0) })).rows

/** The body of a new Jira integration that the profile accepts. */
export const newJira = ({ old }: Pick<Backend, 'old'>, fields: Fields = {}): Fields => ({
  name: 'Jira',
  ...(old ? { integration_type: 'jira' } : { integration_category: 'ticketing', platform_name: 'jira' }),
  credentials: { url: 'https://one.example.test', email: 'bot@example.test', api_token: 't0ken', api_key: 'k3y' },
  ...fields,
})

/** The body of a new ticket for the stored integration, in the names of the profile. */
export const newTicket = ({ old }: Pick<Backend, 'old'>, fields: Fields = {}): Fields => ({
  title: 'Printer',
  description: 'It burns',
  ...ofIntegration(old),
  ...fields,
})

/** The body of a drafted ticket for the stored integration, in the names of the profile. */
export const newDraft = ({ old }: Pick<Backend, 'old'>): Fields => ({ user_input: 'It burns', ...ofIntegration(old) })

const ofIntegration = (old: boolean): Fields => (old ? { integration: 'Stored' } : { integration_id: A })

export const unknownId = 'eeeeeeee-0000-4000-8000-00000000000e'
