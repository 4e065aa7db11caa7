import { sql } from 'kysely'
import type { SqlConnection } from '../database/database.ts'
import type { Secrets } from '../secrets/secrets.ts'
import { secretContext } from '../store/columns.ts'

/** How many secrets are stored, and in which state. */
export interface SecretCounts {
  readonly total: number
  /** Secrets that are encrypted with an older key, or stored in another form. */
  readonly old: number
  /** A message for each secret that cannot be decrypted, with its integration. */
  readonly unreadable: readonly string[]
}

const BATCH = 500

/**
 * Encrypts every stored secret with the first key, and returns how many were changed. A secret that another process wrote
 * meanwhile stays as it is.
 *
 * @throws SecretError at the first secret that cannot be decrypted.
 */
export async function rotateKeys(
  db: SqlConnection,
  secrets: Secrets,
  onProgress: (rotated: number) => void,
): Promise<number> {
  let rotated = 0
  for await (const batch of storedSecrets(db)) {
    for (const secret of batch.filter(({ text }) => !secrets.isCurrent(text)))
      rotated += await rotateOne(db, secrets, secret)
    onProgress(rotated)
  }
  return rotated
}

async function rotateOne(db: SqlConnection, secrets: Secrets, { id, column, text }: StoredSecret): Promise<number> {
  const context = secretContext('integrations', column, id)
  const encrypted = secrets.encrypt(secrets.decrypt(text, context), context)
  // The version changes and the revision does not, because no setting changes its value.
  const { rows } = await sql`
    update integrations set ${sql.ref(column)} = ${encrypted}, version = version + 1
    where id = ${id} and ${sql.ref(column)} = ${text} returning id`.execute(db)
  return rows.length
}

/** Counts the stored secrets, and tries to decrypt each of them. */
export async function countSecrets(db: SqlConnection, secrets: Secrets): Promise<SecretCounts> {
  const counts = { total: 0, old: 0, unreadable: [] as string[] }
  for await (const batch of storedSecrets(db)) {
    counts.total += batch.length
    counts.old += batch.filter(({ text }) => !secrets.isCurrent(text)).length
    for (const { id, column, text } of batch) {
      try {
        secrets.decrypt(text, secretContext('integrations', column, id))
      } catch (error) {
        counts.unreadable.push(`${column} of integration ${id}: ${String(error)}`)
      }
    }
  }
  return counts
}

interface StoredSecret {
  readonly id: string
  readonly column: SecretColumn
  readonly text: string
}

async function* storedSecrets(db: SqlConnection): AsyncGenerator<readonly StoredSecret[]> {
  for (let last = FIRST_ID; ; ) {
    const { rows } = await sql<{ readonly id: string } & Readonly<Record<SecretColumn, string | null>>>`
      select id, credentials_encrypted, webhook_secret_encrypted from integrations
      where id > ${last} and (credentials_encrypted is not null or webhook_secret_encrypted is not null)
      order by id limit ${BATCH}`.execute(db)
    yield rows.flatMap((row) =>
      COLUMNS.flatMap((column) => {
        const text = row[column]
        return text === null ? [] : [{ id: row.id, column, text }]
      }),
    )
    const next = rows.at(-1)?.id
    if (next === undefined) return
    last = next
  }
}

type SecretColumn = (typeof COLUMNS)[number]
const COLUMNS = ['credentials_encrypted', 'webhook_secret_encrypted'] as const
const FIRST_ID = '00000000-0000-0000-0000-000000000000'
