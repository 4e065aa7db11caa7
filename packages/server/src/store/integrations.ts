import type { ListIntegrations } from '@ai-ticket-creator/domain'
import type { Store } from '@ai-ticket-creator/reference-api'
import { sql } from 'kysely'
import type { SqlConnection } from '../database/database.ts'
import type { Secrets } from '../secrets/secrets.ts'
import type { SelectedRow } from './columns.ts'
import { contains, equal, liveRowsOf } from './conditions.ts'
import { readPage, type SortKey } from './read-page.ts'
import { integrationColumns } from './row-columns.ts'
import { createRowTable } from './row-table.ts'

/** The integrations of all organizations. */
export function createIntegrations(db: SqlConnection, secrets: Secrets): Store['integrations'] {
  const table = createRowTable(db, 'integrations', integrationColumns, { secrets, required: REQUIRED })
  const { selection, decode } = table

  return {
    insert: table.insert,
    find: table.find,
    replace: table.replace,

    list(organizationId, query, window) {
      const conditions = [
        ...liveRowsOf(organizationId),
        ...equal('integration_category', query.integration_category),
        ...equal('platform_name', query.platform_name),
        ...equal('status', query.integration_status),
        ...equal('enabled', query.enabled),
        ...contains(['name'], query.name),
      ]
      const sort = sortKeys[query.sort_by ?? 'created_at']
      const order = query.sort_order ?? 'desc'
      return readPage(db, { table: 'integrations', selection, conditions, sort, order }, window, decode)
    },

    async findByNameOrPlatform(organizationId, name) {
      const wanted = name.trim()
      const { rows } = await sql<SelectedRow>`
        select ${selection} from integrations
        where organization_id = ${organizationId}
          and (btrim(name, ${WHITE_SPACE}) = ${wanted} or platform_name = ${wanted.toLowerCase()})`.execute(db)
      return rows.map(decode)
    },

    async listDueChecks(at) {
      const { rows } = await sql<{ readonly organization_id: string; readonly id: string }>`
        select organization_id, id from integrations
        where not is_deleted and checks_due_at is not null and checks_due_at <= ${at}
        order by checks_due_at, id`.execute(db)
      return rows
    },
  }
}

// The existing backend fills these columns itself, so they have no default (existing backend: table integrations).
const REQUIRED = { connection_test_count: 0, monitoring_enabled: true, alert_on_failure: true }

// What `trim` of JavaScript removes; `btrim` removes only spaces by itself.
const WHITE_SPACE =
  '\t\n\v\f\r \u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF'

const sortKeys: { readonly [Key in NonNullable<ListIntegrations['sort_by']>]: SortKey } = {
  created_at: { expression: sql.ref('integrations.created_at'), type: 'timestamptz' },
  updated_at: { expression: sql.ref('integrations.updated_at'), type: 'timestamptz' },
  // By code points, whatever the locale of the database is.
  name: { expression: sql`integrations.name collate "C"`, type: 'text' },
  status: { expression: sql`integrations.status::text collate "C"`, type: 'text' },
  last_request_at: { expression: sql.ref('integrations.last_request_at'), type: 'timestamptz', nullable: true },
  total_requests: { expression: sql.ref('integrations.total_requests'), type: 'bigint' },
}
