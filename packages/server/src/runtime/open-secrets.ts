import type { SqlConnection } from '../database/database.ts'
import { describeReason } from '../database/describe-reason.ts'
import { initializeStoredSetting, readStoredSetting, writeStoredSetting } from '../database/stored-settings.ts'
import { ServerError } from '../errors.ts'
import { findFernetTokens, initializeSecretForm, NEEDED_SETTING, readSecretForm } from '../operations/secret-form.ts'
import { createKeyFile, readKeyFile } from '../secrets/key-file.ts'
import { createSecrets, type SecretKey } from '../secrets/secrets.ts'
import { createStoredSecrets, type SecretForm, type StoredSecrets } from '../secrets/stored-secrets.ts'
import type { Settings } from '../settings/settings.ts'

type KeySettings = Pick<Settings, 'SECRET_KEYS' | 'DATA_FOLDER' | 'EXISTING_SECRETS'>

/**
 * The secrets of a database. Without `SECRET_KEYS` the key is in a file beside the folder of PGlite. The first start creates
 * this file.
 *
 * @throws ServerError if the keys are missing or cannot decrypt the secrets of this database.
 */
export async function openSecrets(db: SqlConnection, settings: KeySettings): Promise<StoredSecrets> {
  const form = await initializeSecretForm(db, settings.EXISTING_SECRETS)
  const stored = await readStoredSetting(db, 'key_check')
  // Created only for a database without secrets, because a new key could not decrypt existing ones.
  if (settings.SECRET_KEYS === undefined && stored === undefined) createKeyFile(keyFileOf(settings))

  const keys = configuredKeys(settings)
  verify(keys, stored ?? (await initializeStoredSetting(db, 'key_check', encryptCheck(keys))))
  return openStoredSecrets(db, keys, settings, form)
}

/** As `openSecrets`, but creates nothing. @throws ServerError also if no server has started on the database yet. */
export async function openExistingSecrets(db: SqlConnection, settings: KeySettings): Promise<StoredSecrets> {
  const stored = await readStoredSetting(db, 'key_check')
  if (stored === undefined) throw new ServerError('The database has no key yet; `start` creates it.')
  const keys = configuredKeys(settings)
  verify(keys, stored)
  return openStoredSecrets(db, keys, settings, (await readSecretForm(db)) ?? 'aes')
}

/** Stores a key check that is encrypted with the first key, so that later starts need this key. */
export const renewKeyCheck = (db: SqlConnection, settings: KeySettings): Promise<void> =>
  writeStoredSetting(db, 'key_check', encryptCheck(configuredKeys(settings)))

async function openStoredSecrets(
  db: SqlConnection,
  keys: SecretKeys,
  { EXISTING_SECRETS: existing }: KeySettings,
  form: SecretForm,
): Promise<StoredSecrets> {
  const secrets = createStoredSecrets(keys, existing, form)
  if (!secrets.canUse(form)) throw new ServerError(`The credentials are stored ${NEEDED_SETTING[form]}.`)
  await verifyExisting(db, secrets)
  return secrets
}

/**
 * One token that can be decrypted proves the key of the existing application. Other tokens that cannot be decrypted are then
 * damaged; `doctor` reports them.
 */
async function verifyExisting(db: SqlConnection, secrets: StoredSecrets): Promise<void> {
  const tokens = secrets.form === 'fernet' ? await findFernetTokens(db) : []
  const failures = tokens.map((token) => failureOf(() => secrets.decrypt(token, '')))
  if (failures.length > 0 && !failures.includes(undefined))
    throw new ServerError(
      `EXISTING_SECRETS is not the key of the existing application: ${describeReason(failures[0])}.`,
    )
}

function failureOf(decrypt: () => string): unknown {
  try {
    decrypt()
    return undefined
  } catch (error) {
    return error
  }
}

type SecretKeys = readonly [SecretKey, ...SecretKey[]]

const configuredKeys = (settings: KeySettings): SecretKeys => settings.SECRET_KEYS ?? [readKeyFile(keyFileOf(settings))]

const keyFileOf = ({ DATA_FOLDER }: KeySettings): string => `${DATA_FOLDER}.key`

/** The text of the key check, which is stored encrypted. A key that decrypts it is a key of this database. */
const CHECK = 'ai-ticket-creator-server key check'

const encryptCheck = (keys: SecretKeys): string => createSecrets(keys).encrypt(CHECK, CHECK)

function verify(keys: SecretKeys, check: string): void {
  try {
    createSecrets(keys).decrypt(check, CHECK)
  } catch (error) {
    throw new ServerError(`These are not the keys of this database: ${describeReason(error)}.`)
  }
}
