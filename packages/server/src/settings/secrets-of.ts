import type { Settings } from './settings.ts'

/** The values of settings that no output may contain. */
export function secretsOf({ DATABASE_URL, SECRET_KEYS, ADMIN_TOKEN = '' }: Settings): readonly string[] {
  const password = DATABASE_URL === undefined ? '' : new URL(DATABASE_URL).password
  return [
    ADMIN_TOKEN,
    password,
    ...decoded(password),
    ...(SECRET_KEYS ?? []).map(({ bytes }) => Buffer.from(bytes).toString('base64')),
  ]
}

/** A password in a URL can have escapes, right ones or wrong ones. */
function decoded(text: string): readonly string[] {
  try {
    return [decodeURIComponent(text)]
  } catch {
    return []
  }
}
