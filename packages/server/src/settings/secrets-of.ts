import type { Settings } from './settings.ts'

/** The values of settings that no output may contain. */
export function secretsOf({
  DATABASE_URL,
  SECRET_KEYS,
  EXISTING_SECRETS,
  ADMIN_TOKEN = '',
}: Settings): readonly string[] {
  const password = DATABASE_URL === undefined ? '' : new URL(DATABASE_URL).password
  return [
    ADMIN_TOKEN,
    password,
    ...decoded(password),
    ...(SECRET_KEYS ?? []).map(({ bytes }) => Buffer.from(bytes).toString('base64')),
    ...(EXISTING_SECRETS?.form === 'fernet' ? EXISTING_SECRETS.keys : []).map((key) =>
      Buffer.from(key).toString('base64url'),
    ),
  ]
}

/** The password of a URL without percent encoding; nothing if the encoding is not valid. */
function decoded(text: string): readonly string[] {
  try {
    return [decodeURIComponent(text)]
  } catch {
    return []
  }
}
