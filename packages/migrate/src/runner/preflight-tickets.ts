import { readColumns, readTicketFacts, ticketsOf } from '../catalog/facts.ts'
import { type Database, queryOne } from '../database.ts'
import { dependentViews } from '../steps/retire.ts'
import { type Finding, note, stop } from './finding.ts'

/** A table of tickets that another migration has begun to change. */
export async function findWrongTickets(database: Database, schema: string): Promise<readonly Finding[]> {
  const columns = await readColumns(database, ticketsOf({ schema }))
  if (!columns.has('integration_routing') || !columns.has('integration_id')) return []
  return [
    stop(
      `${ticketsOf({ schema })} already has integration_id beside integration_routing, which this command did not add; undo the other migration first, or rename the column`,
    ),
  ]
}

/** What the steps of the tickets will do. */
export async function findTicketSize(database: Database, schema: string): Promise<readonly Finding[]> {
  const table = ticketsOf({ schema })
  if ((await readTicketFacts(database, schema)) === null) return []
  const { rows, names } = await queryOne<{ rows: number; names: number }>(
    database,
    `SELECT count(*)::float8 AS rows, count(integration_routing)::float8 AS names FROM ${table}`,
  )
  const { rows: views } = await database.query<{ name: string }>(dependentViews(table, ['integration_routing']))
  return [
    note(
      `${rows} tickets, ${names} with the name of an integration; expect about ${Math.ceil(rows / 40_000)} s for their ids`,
    ),
    ...views.map(({ name }) =>
      note(`the view ${name} uses integration_routing; change it to read tickets_legacy before the step contract`),
    ),
  ]
}
