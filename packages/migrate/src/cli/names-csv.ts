import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { MigrationRefusedError } from '../errors.ts'
import type { TicketName, TicketNameChoice } from '../runner/ticket-names.ts'

const COLUMNS = ['id', 'organization_id', 'name', 'tickets', 'reason', 'candidates', 'integration_id'] as const

/** A table to fill in: each name with its candidates, and an empty `integration_id`. */
export const formatNames = (names: readonly TicketName[]): string =>
  stringify(
    names.map(({ id, organizationId, name, tickets, reason, candidates }) => [
      id,
      organizationId,
      name,
      tickets,
      reason,
      candidates.map(formatCandidate).join('; '),
      '',
    ]),
    // A name that looks like a formula must not run when a spreadsheet opens the file.
    { header: true, columns: [...COLUMNS], escape_formulas: true },
  )

/** The rows that were filled in. Only the id identifies the name, because a spreadsheet may change the other columns. */
export function parseNames(text: string): readonly TicketNameChoice[] {
  const [header = [], ...rows] = parseRows(text)
  const [id, integrationId] = [header.indexOf('id'), header.indexOf('integration_id')]
  if (id === -1 || integrationId === -1)
    throw new MigrationRefusedError('the file has no columns id and integration_id; print it with the command names')
  return rows
    .map((row) => ({ id: row[id] ?? '', integrationId: row[integrationId] ?? '' }))
    .filter((choice) => choice.integrationId !== '')
}

function parseRows(text: string): readonly (readonly string[])[] {
  // Spreadsheets write a byte order mark. In some countries they separate values by semicolons and do not quote commas.
  const delimiter = /^[^\n]*;/.test(text) ? ';' : ','
  try {
    return parse(text, { bom: true, trim: true, delimiter, skip_empty_lines: true })
  } catch (error) {
    throw new MigrationRefusedError(`the file of names is not CSV: ${String(error)}`)
  }
}

const formatCandidate = ({ id, name, platform, status, deleted }: TicketName['candidates'][number]): string =>
  `${id} (${name}, ${platform}, ${deleted ? 'deleted' : status})`
