import { literal } from '../catalog/sql.ts'
import { type Check, countOf } from './step.ts'

/**
 * Triggers of others whose functions use columns that are about to disappear. PostgreSQL does not prevent that: a function finds its
 * columns when it runs, so from then on every write of the table would fail.
 */
export const dependentTriggers = (table: string, columns: readonly string[], remedy: string): Check => ({
  count: countOf(
    `pg_trigger AS triggers JOIN pg_proc AS functions ON functions.oid = triggers.tgfoid WHERE triggers.tgrelid = to_regclass(${literal(table)}) AND NOT triggers.tgisinternal AND functions.proname !~ '^ai_ticket_creator_sync' AND functions.prosrc ~* ${literal(String.raw`\m(new|old)\."?(${columns.join('|')})\M`)}`,
  ),
  problem: (count) =>
    `${count} triggers on ${table} run functions that use ${columns.length === 1 ? '' : 'at least one of '}${columns.join(', ')}; without it every write would fail; ${remedy}`,
})
