import { sql } from 'kysely'
import type { SqlConnection } from '../database/database.ts'
import { onlyRow } from '../database/only-row.ts'
import { initializeStoredSetting, readStoredSetting, writeStoredSetting } from '../database/stored-settings.ts'
import { ServerError } from '../errors.ts'
import { type ExistingSecrets, SECRET_FORMS, type SecretForm, type StoredSecrets } from '../secrets/stored-secrets.ts'

/** The form in which every process on this database writes secrets. `ai-ticket-creator-migrate` reads it too. */
export async function readSecretForm(db: SqlConnection): Promise<SecretForm | undefined> {
  const stored = await readStoredSetting(db, 'secret_form')
  return SECRET_FORMS.find((form) => form === stored)
}

/** The stored form of secrets, chosen at the first start. @throws ServerError if EXISTING_SECRETS does not fit the database. */
export async function initializeSecretForm(
  db: SqlConnection,
  existing: ExistingSecrets | undefined,
): Promise<SecretForm> {
  const stored = await readSecretForm(db)
  if (stored !== undefined) return stored
  const chosen = await chooseForm(db, existing)
  await initializeStoredSetting(db, 'secret_form', chosen)
  // Another process may have stored its choice first.
  return (await readSecretForm(db)) ?? chosen
}

async function chooseForm(db: SqlConnection, existing: ExistingSecrets | undefined): Promise<SecretForm> {
  const found = await findExistingForm(db)
  if (existing !== undefined) {
    if (found !== undefined && found !== existing.form)
      throw new ServerError(`The credentials are stored ${NEEDED_SETTING[found]}.`)
    return existing.form
  }
  if (found !== undefined || (await isShared(db)))
    throw new ServerError(
      'An existing application has written to this database: set EXISTING_SECRETS to its Fernet key, or to plain if it does not encrypt credentials.',
    )
  return 'aes'
}

/** By form, the end of a sentence about stored credentials whose keys are not configured. */
export const NEEDED_SETTING: Readonly<Record<SecretForm, string>> = {
  aes: 'as this server encrypts them: set SECRET_KEYS',
  fernet: 'as Fernet tokens: set EXISTING_SECRETS to the Fernet key of the existing application',
  plain: 'as plain JSON: set EXISTING_SECRETS to plain',
}

/** The form of a secret that an existing application has stored; undefined when there is none. */
async function findExistingForm(db: SqlConnection): Promise<ExistingSecrets['form'] | undefined> {
  if ((await findFernetTokens(db)).length > 0) return 'fernet'
  return (await findSecrets(db, '{%')).length > 0 ? 'plain' : undefined
}

/** Up to 20 of the stored credentials that match a LIKE pattern. */
async function findSecrets(db: SqlConnection, pattern: string): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly text: string }>`
    select credentials_encrypted as text from integrations where credentials_encrypted like ${pattern} limit 20`.execute(
    db,
  )
  return rows.map(({ text }) => text)
}

/** Up to 20 of the credentials that are stored as Fernet tokens. */
export const findFernetTokens = (db: SqlConnection): Promise<readonly string[]> => findSecrets(db, 'gAAAA%')

/** Sets the form in which every process writes secrets from now on. @throws ServerError if the form cannot be used. */
export async function changeSecretForm(db: SqlConnection, secrets: StoredSecrets, to: SecretForm): Promise<void> {
  if (to === 'aes' && (await isShared(db)))
    throw new ServerError(
      'The existing application still reads the credentials: finish `ai-ticket-creator-migrate apply` first, or use --to fernet or --to plain.',
    )
  if (!secrets.canUse(to)) throw new ServerError(`EXISTING_SECRETS is not set for --to ${to}.`)
  await writeStoredSetting(db, 'secret_form', to)
  secrets.useForm(to)
}

/** Whether an existing application may still use the database. The migration step `contract` removes the old columns. */
async function isShared(db: SqlConnection): Promise<boolean> {
  const { rows } = await sql<{ readonly shared: boolean }>`
    select exists (
      select from pg_attribute where attrelid = to_regclass('integrations') and not attisdropped
        and attname in ('integration_type', 'retired_integration_type')
    ) as shared`.execute(db)
  return onlyRow(rows).shared
}

/** Makes this process write in the stored form. @throws ServerError if EXISTING_SECRETS does not have that form. */
export async function followSecretForm(db: SqlConnection, secrets: StoredSecrets): Promise<void> {
  const stored = (await readSecretForm(db)) ?? secrets.form
  if (!secrets.canUse(stored))
    throw new ServerError(`Credentials are stored in the form ${stored} now. Set EXISTING_SECRETS and start again.`)
  secrets.useForm(stored)
}
