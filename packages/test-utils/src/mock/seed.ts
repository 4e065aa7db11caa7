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

/** Puts rows in without a request, and gives them back as a current reply shows them. */
export interface SeedApi {
  /**
   * An integration of the first user's organization. Without fields: an active one on Jira, called `JIRA Production`;
   * what is not given follows from what is.
   *
   * ```ts
   * const slack = await api.seed.integration({ platform_name: 'slack', enabled: false })
   * ```
   */
  readonly integration: (fields?: Partial<IntegrationRow>) => Promise<Integration>
  /** A ticket of the first user, filed nowhere. */
  readonly ticket: (fields?: Partial<TicketRow>) => Promise<Ticket>
}

interface Surroundings {
  readonly store: Store
  readonly ids: () => string
  readonly now: () => Date
  readonly users: readonly [AppUser, ...AppUser[]]
}

/** `surroundings` is asked each time: a reset changes the store and the ids. */
export function createSeed(surroundings: () => Surroundings): SeedApi {
  return {
    async integration(fields = {}) {
      const house = surroundings()
      const from = origin(house, fields)
      checkFields('integrations.retrieve', fields, Object.keys(integrationRow({}, from)))
      const row = integrationRow(fields, from)
      await house.store.integrations.insert(row)
      return showIntegration(row, house.now())
    },
    async ticket(fields = {}) {
      const house = surroundings()
      const [owner] = house.users
      const [from, createdBy] = [origin(house, fields), owner.id.toLowerCase()]
      checkFields('tickets.retrieve', fields, Object.keys(ticketRow({}, createdBy, from)))
      const row = ticketRow(fields, createdBy, from)
      const creator = await creatorOf(row, house.users)
      await house.store.tickets.insert(row)
      return showTicket(row, creator, house.now())
    },
  }
}

const origin = ({ ids, now, users: [owner] }: Surroundings, { id = ids() }: { readonly id?: string }): Origin => ({
  id,
  organizationId: owner.organization_id,
  at: toTimestamp(now()),
})

/** A ticket that no reply could show would be found out much later. */
async function creatorOf({ organization_id, created_by_id }: TicketRow, users: readonly AppUser[]): Promise<User> {
  const user = await createUserDirectory(users).find(organization_id, created_by_id)
  if (user === undefined) throw new RangeError('`created_by_id` must be a user of the organization; see `users`')
  return user
}
