import { sql } from 'kysely'
import type { SqlConnection } from './database.ts'
import { onlyRow } from './only-row.ts'

/** Settings that all processes on one database share. */
type StoredSetting = 'generation' | 'key_check' | 'secret_form'

/** The value of a setting; undefined when it was never set. */
export async function readStoredSetting(db: SqlConnection, name: StoredSetting): Promise<string | undefined> {
  const { rows } = await sql<{
    readonly value: string
  }>`select value from server_settings where name = ${name}`.execute(db)
  return rows[0]?.value
}

/** Sets a setting. */
export async function writeStoredSetting(db: SqlConnection, name: StoredSetting, value: string): Promise<void> {
  await sql`
    insert into server_settings (name, value) values (${name}, ${value})
    on conflict (name) do update set value = excluded.value`.execute(db)
}

/** Sets a setting that was never set. Returns the stored value, which is that of the first of several processes. */
export async function initializeStoredSetting(db: SqlConnection, name: StoredSetting, value: string): Promise<string> {
  // An update that changes nothing: otherwise no row is returned.
  const { rows } = await sql<{ readonly value: string }>`
    insert into server_settings as stored (name, value) values (${name}, ${value})
    on conflict (name) do update set value = stored.value returning stored.value`.execute(db)
  return onlyRow(rows).value
}
