import type { SqlConnection } from '../database/database.ts'
import { describeReason } from '../database/describe-reason.ts'
import { initializeStoredSetting, readStoredSetting, writeStoredSetting } from '../database/stored-settings.ts'
import { ServerError } from '../errors.ts'
import { createKeyFile, readKeyFile } from '../secrets/key-file.ts'
import { createSecrets, type Secrets } from '../secrets/secrets.ts'
import type { Settings } from '../settings/settings.ts'

type KeySettings = Pick<Settings, 'SECRET_KEYS' | 'DATA_FOLDER'>

/**
 * The secrets of a database. Without `SECRET_KEYS` the key is in a file beside the folder of PGlite, and is created with
 * the first start.
 *
 * @throws ServerError when the keys are missing, or are not those of this database.
 */
export async function openSecrets(db: SqlConnection, settings: KeySettings): Promise<Secrets> {
  const stored = await readStoredSetting(db, 'key_check')
  // Created only for a database without secrets: later a new key could not read them.
  if (settings.SECRET_KEYS === undefined && stored === undefined) createKeyFile(keyFileOf(settings))

  const secrets = configuredSecrets(settings)
  verify(secrets, stored ?? (await initializeStoredSetting(db, 'key_check', encryptCheck(secrets))))
  return secrets
}

/** The secrets of a database that was started before, and creates nothing. @throws ServerError as `openSecrets`. */
export async function openExistingSecrets(db: SqlConnection, settings: KeySettings): Promise<Secrets> {
  const stored = await readStoredSetting(db, 'key_check')
  if (stored === undefined) throw new ServerError('The database has no key yet; `start` creates it.')
  const secrets = configuredSecrets(settings)
  verify(secrets, stored)
  return secrets
}

/** Makes the key that encrypts now the one that later starts need. */
export const renewKeyCheck = (db: SqlConnection, secrets: Secrets): Promise<void> =>
  writeStoredSetting(db, 'key_check', encryptCheck(secrets))

const configuredSecrets = (settings: KeySettings): Secrets =>
  createSecrets(settings.SECRET_KEYS ?? [readKeyFile(keyFileOf(settings))])

const keyFileOf = ({ DATA_FOLDER }: KeySettings): string => `${DATA_FOLDER}.key`

/** A known text. A key that decrypts it is a key of this database. */
const CHECK = 'ai-ticket-creator-server key check'

const encryptCheck = ({ encrypt }: Secrets): string => encrypt(CHECK, CHECK)

function verify(secrets: Secrets, check: string): void {
  try {
    secrets.decrypt(check, CHECK)
  } catch (error) {
    throw new ServerError(`These are not the keys of this database: ${describeReason(error)}.`)
  }
}
