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
import { type Fields, fieldsOf } from '../send.ts'

/** A profile with its store. */
export interface Backend {
  readonly profile: Profile
  readonly app: App
  readonly store: Store
  /** Whether its generation is legacy. */
  readonly isLegacy: boolean
}

/** Declares one test per profile of a deviation, titled by its summary. */
export function testDeviation(id: string, run: (backend: Backend) => Promise<void>, options: AppOptions = {}): void {
  const found = deviations.find((deviation) => deviation.id === id)
  if (found === undefined) throw new Error(`there is no deviation ${id}`)
  test.each(found.profiles)(`%s, ${id}: ${found.summary}`, async (profile) => {
    expect.hasAssertions()
    await run(await createBackend(profile, options))
  })
}

export async function createBackend(profile: Profile, options: AppOptions = {}): Promise<Backend> {
  const store = createMemoryStore()
  return { profile, app: createApp({ profile, store, ...options }), store, isLegacy: profile === 'existing-legacy' }
}

const integrationId = integrationRow().id
const ticketId = ticketRow().id
export const integrationPath = `/integrations/${integrationId}`
export const ticketPath = `/tickets/${ticketId}`

/** Inserts an integration. */
export const insertIntegration = ({ store }: Pick<Backend, 'store'>, fields: Partial<IntegrationRow> = {}) =>
  store.integrations.insert(integrationRow(fields))

/** Inserts a ticket. */
export const insertTicket = ({ store }: Pick<Backend, 'store'>, fields: Partial<TicketRow> = {}) =>
  store.tickets.insert(ticketRow(fields))

/** The stored integration. */
export const storedIntegration = ({ store }: Pick<Backend, 'store'>, id: string = integrationId) =>
  store.integrations.find(DEFAULT_USER.organization_id, id)

/** The stored ticket. */
export const storedTicket = ({ store }: Pick<Backend, 'store'>, id: string = ticketId) =>
  store.tickets.find(DEFAULT_USER.organization_id, id)

/** All stored tickets. */
export const allTickets = async ({ store }: Pick<Backend, 'store'>) =>
  (await store.tickets.list(DEFAULT_USER.organization_id, {}, { offset: 0, limit: 100, now: new Date(0) })).rows

/** The body of a new Jira integration that the profile accepts. */
export const newJira = ({ isLegacy }: Pick<Backend, 'isLegacy'>, fields: Fields = {}): Fields => ({
  name: 'Jira',
  ...(isLegacy ? { integration_type: 'jira' } : { integration_category: 'ticketing', platform_name: 'jira' }),
  credentials: { url: 'https://one.example.test', email: 'bot@example.test', api_token: 't0ken', api_key: 'k3y' },
  ...fields,
})

/** The body of a new ticket for the stored integration, in the names of the profile. */
export const newTicket = ({ isLegacy }: Pick<Backend, 'isLegacy'>, fields: Fields = {}): Fields => ({
  title: 'Printer',
  description: 'It burns',
  ...ofIntegration(isLegacy),
  ...fields,
})

/** The body of a drafted ticket for the stored integration, in the names of the profile. */
export const newDraft = ({ isLegacy }: Pick<Backend, 'isLegacy'>): Fields => ({
  user_input: 'It burns',
  ...ofIntegration(isLegacy),
})

/** The items of a 422, one for each issue. */
export function issueItemsOf(json: unknown): readonly Fields[] {
  const { detail } = fieldsOf({ json })
  if (!Array.isArray(detail)) throw new TypeError('no list of items')
  return detail.map((item: unknown) => fieldsOf({ json: item }))
}

const ofIntegration = (isLegacy: boolean): Fields =>
  isLegacy ? { integration: 'Stored' } : { integration_id: integrationId }

export const unknownId = 'eeeeeeee-0000-4000-8000-00000000000e'
