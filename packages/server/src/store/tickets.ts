import { type ListTickets, TICKET_PRIORITIES, TICKET_STATUSES } from '@ai-ticket-creator/domain'
import type { Store } from '@ai-ticket-creator/reference-api'
import { type RawBuilder, sql } from 'kysely'
import type { SqlConnection } from '../database/database.ts'
import type { Secrets } from '../secrets/secrets.ts'
import { among, contains, equal, isTrue, liveRowsOf, within } from './conditions.ts'
import { countTickets } from './count-tickets.ts'
import { readPage, type SortKey } from './read-page.ts'
import { ticketColumns } from './row-columns.ts'
import { createRowTable } from './row-table.ts'
import { isOverdue, minutesTo } from './ticket-expressions.ts'

/** The tickets of all organizations. */
export function createTickets(db: SqlConnection, secrets: Secrets): Store['tickets'] {
  const table = createRowTable(db, 'tickets', ticketColumns, { secrets, required: REQUIRED })
  const { selection, decode } = table

  return {
    insert: table.insert,
    find: table.find,
    replace: table.replace,

    list(organizationId, query, window) {
      const conditions = [...liveRowsOf(organizationId), ...filtersOf(query, window.now)]
      const sort = sortKeys[query.sort_by ?? 'created_at']
      const order = query.sort_order ?? 'desc'
      return readPage(db, { table: 'tickets', selection, conditions, sort, order }, window, decode)
    },

    count: (organizationId, now) => countTickets(db, organizationId, now),

    async remove(organizationId, id) {
      await sql`delete from tickets where organization_id = ${organizationId} and id = ${id}`.execute(db)
    },
  }
}

// The existing backend fills these columns itself, so they have no default (existing backend: table tickets).
const REQUIRED = { business_impact: 'medium', sla_breached: false }

type Filters = Parameters<Store['tickets']['list']>[1]

const filtersOf = (query: Filters, now: Date): readonly RawBuilder<boolean>[] => [
  ...contains(['title', 'description'], query.q),
  ...among('status', query.status),
  ...among('category', query.category),
  ...among('priority', query.priority),
  ...among('urgency', query.urgency),
  ...(query.tags ?? []).map((tag) => sql<boolean>`${tag} = any(tags)`),
  ...equal('department', query.department),
  ...equal('created_by_id', query.created_by_id),
  ...equal('assigned_to_id', query.assigned_to_id),
  ...equal('integration_id', query.integration_id),
  ...equal('source_channel', query.source_channel),
  ...equal('escalation_level', query.escalation_level),
  ...equal('satisfaction_rating', query.satisfaction_rating),
  ...isTrue(sql<boolean>`(coalesce(json_array_length(attachments), 0) > 0)`, query.has_attachments),
  ...isTrue(isOverdue(now), query.is_overdue),
  ...within('created_at', query.created_after, query.created_before),
  ...within('updated_at', query.updated_after, query.updated_before),
  ...within('resolved_at', query.resolved_after, query.resolved_before),
]

/** The position of a value in its enum. A value that is newer than this version comes last. */
const rankIn = (values: readonly string[], column: string): RawBuilder<number> => sql<number>`
  coalesce(array_position(array[${sql.join(values.map((value) => sql.lit(value)))}], ${sql.ref(column)}::text) - 1,
    ${sql.lit(values.length)})`

const sortKeys: { readonly [Key in NonNullable<ListTickets['sort_by']>]: SortKey } = {
  created_at: { expression: sql.ref('tickets.created_at'), type: 'timestamptz' },
  updated_at: { expression: sql.ref('tickets.updated_at'), type: 'timestamptz' },
  // By code points, whatever the locale of the database is.
  title: { expression: sql`tickets.title collate "C"`, type: 'text' },
  priority: { expression: rankIn(TICKET_PRIORITIES, 'tickets.priority'), type: 'bigint' },
  status: { expression: rankIn(TICKET_STATUSES, 'tickets.status'), type: 'bigint' },
  last_activity_at: { expression: sql.ref('tickets.last_activity_at'), type: 'timestamptz' },
  resolution_time_minutes: {
    expression: sql`floor(${minutesTo('tickets.resolved_at')})::bigint`,
    type: 'bigint',
    nullable: true,
  },
}
