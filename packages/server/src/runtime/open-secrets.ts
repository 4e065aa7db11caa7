import type { SqlConnection } from '../database/database.ts'
import { initializeStoredSetting, readStoredSetting } from '../database/stored-settings.ts'
import { ServerError } from '../errors.ts'
import { createKeyFile, readKeyFile } from '../secrets/key-file.ts'
import { createSecrets, SecretError, type Secrets } from '../secrets/secrets.ts'
import type { Settings } from '../settings/settings.ts'

/**
 * The secrets of a database. Without `SECRET_KEYS` the key is in a file beside the folder of PGlite, and is created with
 * the first start.
 *
 * @throws ServerError when the keys are missing, or are not those of this database.
 */
export async function openSecrets(
  db: SqlConnection,
  { SECRET_KEYS, DATA_FOLDER }: Pick<Settings, 'SECRET_KEYS' | 'DATA_FOLDER'>,
): Promise<Secrets> {
  const stored = await readStoredSetting(db, 'key_check')
  const keyFile = `${DATA_FOLDER}.key`
  // Created only for a database without secrets: later a new key could not read them.
  if (SECRET_KEYS === undefined && stored === undefined) createKeyFile(keyFile)

  const secrets = createSecrets(SECRET_KEYS ?? [readKeyFile(keyFile)])
  const check = stored ?? (await initializeStoredSetting(db, 'key_check', secrets.encrypt(CHECK, CHECK)))
  verify(secrets, check)
  return secrets
}

/** A known text. A key that decrypts it is a key of this database. */
const CHECK = 'ai-ticket-creator-server key check'

function verify(secrets: Secrets, check: string): void {
  try {
    secrets.decrypt(check, CHECK)
  } catch (error) {
    if (!(error instanceof SecretError)) throw error
    throw new ServerError(`These are not the keys of this database: ${error.message}.`)
  }
}
