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

/** One age of the existing backend, at work over a store that holds an integration and a ticket. */
export interface Backend {
  readonly profile: Profile
  readonly app: App
  readonly store: Store
  /** It speaks the legacy words. */
  readonly old: boolean
}

/** Tests of a row: one for each age that has it, named by its sentence. */
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

/** Puts an integration into the store. */
export const keepIntegration = ({ store }: Pick<Backend, 'store'>, fields: Partial<IntegrationRow> = {}) =>
  store.integrations.insert(integrationRow(fields))

/** Puts a ticket into the store. */
export const keepTicket = ({ store }: Pick<Backend, 'store'>, fields: Partial<TicketRow> = {}) =>
  store.tickets.insert(ticketRow(fields))

/** The integration as it is stored. */
export const storedIntegration = ({ store }: Pick<Backend, 'store'>, id: string = A) =>
  store.integrations.find(DEFAULT_USER.organization_id, id)

/** The ticket as it is stored. */
export const storedTicket = ({ store }: Pick<Backend, 'store'>, id: string = T) =>
  store.tickets.find(DEFAULT_USER.organization_id, id)

/** Every ticket that is stored. */
export const allTickets = async ({ store }: Pick<Backend, 'store'>) =>
  (await store.tickets.list(DEFAULT_USER.organization_id, {}, { offset: 0, limit: 100, now: new Date(0) })).rows

/** The body of a new Jira integration that every age takes, in its words. */
export const newJira = ({ old }: Pick<Backend, 'old'>, fields: Fields = {}): Fields => ({
  name: 'Jira',
  ...(old ? { integration_type: 'jira' } : { integration_category: 'ticketing', platform_name: 'jira' }),
  credentials: { url: 'https://one.example.test', email: 'bot@example.test', api_token: 't0ken', api_key: 'k3y' },
  ...fields,
})

/** The body of a new ticket for the stored integration, in the words of the age. */
export const newTicket = ({ old }: Pick<Backend, 'old'>, fields: Fields = {}): Fields => ({
  title: 'Printer',
  description: 'It burns',
  ...ofIntegration(old),
  ...fields,
})

/** The body of a ticket that is drafted, for the stored integration, in the words of the age. */
export const newDraft = ({ old }: Pick<Backend, 'old'>): Fields => ({ user_input: 'It burns', ...ofIntegration(old) })

const ofIntegration = (old: boolean): Fields => (old ? { integration: 'Stored' } : { integration_id: A })

export const unknownId = 'eeeeeeee-0000-4000-8000-00000000000e'
