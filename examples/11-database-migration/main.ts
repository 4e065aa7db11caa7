// A whole migration on PGlite, which is PostgreSQL in this process. On a server, `connect(url)` takes its place.
import { readFile } from 'node:fs/promises'
import { createMigration } from '@ai-ticket-creator/migrate'
import { PGlite } from '@electric-sql/pglite'

await using database = await PGlite.create()
await database.exec(await readFile(new URL('legacy.sql', import.meta.url), 'utf8'))
const migration = createMigration(database)

const { findings } = await migration.plan()
print(
  'What plan finds',
  findings.map(({ message }) => message),
)

await migration.apply({ to: 'view' })
await database.exec("UPDATE integrations SET is_enabled = false WHERE name = 'Support'")
await database.exec("UPDATE integrations SET platform_name = 'slack' WHERE name = 'Support'")
print(
  'Old and new clients write the same row',
  await rows(
    "SELECT integration_type, platform_name, integration_category, is_enabled, enabled FROM integrations WHERE name = 'Support'",
  ),
)
print(
  'A row that was inactive and enabled',
  await rows("SELECT status, is_enabled, enabled FROM integrations WHERE name = 'Alerts'"),
)

const names = await migration.ticketNames()
print(
  'Names that lead to no integration',
  names.map(({ name, reason, candidates }) => ({ name, reason, candidates: candidates.map((one) => one.name) })),
)

const choices = names
  .filter(({ name }) => name === 'alerts')
  .flatMap(({ id, candidates: [candidate] }) => (candidate === undefined ? [] : [{ id, integrationId: candidate.id }]))
await migration.chooseIntegrations(choices)
await migration.apply()
print(
  'Tickets after contract',
  await rows(
    'SELECT tickets.title, integrations.name AS integration FROM tickets LEFT JOIN integrations ON integrations.id = integration_id ORDER BY title',
  ),
)
print('Problems that verify finds', await migration.verify())

await migration.undo()
print('Tickets after undo', await rows('SELECT title, integration_routing FROM tickets ORDER BY title'))

async function rows(query: string) {
  return (await database.query<Readonly<Record<string, unknown>>>(query)).rows
}

function print(title: string, lines: readonly unknown[]) {
  console.log(`${title}:`)
  for (const line of lines) console.log(`  ${JSON.stringify(line)}`)
  if (lines.length === 0) console.log('  none')
}
