import type { Generation } from '@ai-ticket-creator/domain'
import {
  createApp,
  createMemoryStore,
  DEFAULT_USER,
  type IntegrationRow,
  type Profile,
  type TicketRow,
} from '@ai-ticket-creator/reference-api'
import { integrationRow, ticketRow } from '../rows.ts'
import { type Fields, send } from '../send.ts'

/** One request to a fresh backend. */
export interface Step {
  readonly line: string
  /** The body in current names; `old` has the legacy body where it differs. */
  readonly body?: Fields | string
  readonly old?: Fields
  readonly headers?: Readonly<Record<string, string>>
  readonly integration?: Partial<IntegrationRow>
  readonly another?: Partial<IntegrationRow>
  readonly ticket?: Partial<TicketRow>
  /**
   * The deviations that cause a difference in this step, without those that differ in many replies. Each has the paths that
   * differ, or the status when the whole reply differs. `id @L` is for the legacy profile only, `id @C` for the current ones.
   */
  readonly causes?: Readonly<Record<string, RegExp | number>>
}

/** The reply to a step, and the rows stored after it. */
export interface Outcome {
  readonly status: number
  readonly headers: Fields
  readonly json: unknown
  readonly stored: Fields
}

/** Sends the request of a step to a new app. */
export async function takeStep(step: Step, of: { profile: Profile } | { generation: Generation }): Promise<Outcome> {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow(step.integration))
  if (step.another !== undefined) await store.integrations.insert(integrationRow(step.another))
  await store.tickets.insert(ticketRow(step.ticket))
  const now = new Date('2025-09-06T12:00:00Z')
  const app = createApp({ ...of, store, clock: () => now })

  const body = app.generation === 'legacy' ? (step.old ?? step.body) : step.body
  const { status, headers, json } = await send(app, step.line, body, step.headers)
  const everything = { offset: 0, limit: 100, now }
  const integrations = await store.integrations.list(DEFAULT_USER.organization_id, {}, everything)
  const tickets = await store.tickets.list(DEFAULT_USER.organization_id, {}, everything)
  return {
    status,
    headers: Object.fromEntries(headers),
    json,
    stored: { integrations: integrations.rows.map(withoutCounts), tickets: tickets.rows.map(withoutCounts) },
  }
}

// The number of writes is not visible.
const withoutCounts = <Row extends { version: number; revision?: number }>({ version: _, revision: __, ...row }: Row) =>
  row

/** The paths in which two values differ. */
export function differences(a: unknown, b: unknown, place = ''): readonly string[] {
  if (Object.is(a, b)) return []
  if (!isContainer(a) || !isContainer(b) || Array.isArray(a) !== Array.isArray(b)) return [place]
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].flatMap((key) => differences(a[key], b[key], place === '' ? key : `${place}.${key}`))
}

const isContainer = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
