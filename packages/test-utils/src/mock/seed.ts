import type { Integration, Ticket, User } from '@ai-ticket-creator/domain'
import {
  type AppUser,
  createUserDirectory,
  type IntegrationRow,
  type Origin,
  type Store,
  showIntegration,
  showTicket,
  type TicketRow,
  toTimestamp,
} from '@ai-ticket-creator/reference-api'
import { checkFields } from '../core/check-options.ts'
import { integrationRow, ticketRow } from './fixtures/rows.ts'

/** Stores rows without a request and returns them in the form of a reply of the current generation. */
export interface SeedApi {
  /**
   * An integration of the first user's organization. Default: active, on Jira, named `JIRA Production`. Absent fields are
   * derived from the given ones.
   *
   * ```ts
   * const slack = await api.seed.integration({ platform_name: 'slack', enabled: false })
   * ```
   *
   * @throws RangeError for an unknown or retired field.
   */
  readonly integration: (fields?: Partial<IntegrationRow>) => Promise<Integration>
  /**
   * A ticket of the first user. Default: without an integration.
   *
   * @throws RangeError for an unknown or retired field, or an unknown `created_by_id`.
   */
  readonly ticket: (fields?: Partial<TicketRow>) => Promise<Ticket>
}

interface SeedState {
  readonly store: Store
  readonly newId: () => string
  readonly now: () => Date
  readonly users: readonly [AppUser, ...AppUser[]]
}

/** `current` is called for each row, because a reset replaces the store and the ids. */
export function createSeed(current: () => SeedState): SeedApi {
  return {
    async integration(fields = {}) {
      const state = current()
      const origin = originOf(state, fields)
      checkFields('integrations.retrieve', fields, Object.keys(integrationRow({}, origin)))
      const row = integrationRow(fields, origin)
      await state.store.integrations.insert(row)
      return showIntegration(row, state.now())
    },
    async ticket(fields = {}) {
      const state = current()
      const [owner] = state.users
      const [origin, createdBy] = [originOf(state, fields), owner.id.toLowerCase()]
      checkFields('tickets.retrieve', fields, Object.keys(ticketRow({}, createdBy, origin)))
      const row = ticketRow(fields, createdBy, origin)
      const creator = await creatorOf(row, state.users)
      await state.store.tickets.insert(row)
      return showTicket(row, creator, state.now())
    },
  }
}

const originOf = ({ newId, now, users: [owner] }: SeedState, { id = newId() }: { readonly id?: string }): Origin => ({
  id,
  organizationId: owner.organization_id,
  at: toTimestamp(now()),
})

/** Checks the creator before the ticket is stored: a ticket of an unknown user would fail only when it is read. */
async function creatorOf({ organization_id, created_by_id }: TicketRow, users: readonly AppUser[]): Promise<User> {
  const user = await createUserDirectory(users).find(organization_id, created_by_id)
  if (user === undefined) throw new RangeError('`created_by_id` must be a user of the organization; see `users`')
  return user
}
