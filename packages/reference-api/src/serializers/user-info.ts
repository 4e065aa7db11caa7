import { createRedactor } from '@ai-ticket-creator/domain/internal'
import type { IntegrationRow } from '../ports/rows.ts'

// URLs with a user or a password are refused in requests, but rows of earlier versions can have them.

/** A URL without user and password, as replies show it. Other text is handled in the same way. */
export function withoutUserInfo<T extends string | null | undefined>(url: T): T {
  // The replacement returns a string for a string.
  return (typeof url === 'string' ? url.replace(USER_INFO, '$1') : url) as T
}

/** A stored message without the user and the password of the integration's URLs. */
export function redactUserInfo(message: string | null, row: WithUrls): string | null {
  const secrets = userInfoOf(row)
  return message === null || secrets.length === 0 ? message : createRedactor(secrets).redact(message)
}

/** Users and passwords in the URLs of an integration. */
export const userInfoOf = ({ base_url, webhook_url }: WithUrls): readonly string[] =>
  [base_url, webhook_url].flatMap(secretsInUrl)

type WithUrls = Pick<IntegrationRow, 'base_url' | 'webhook_url'>

/** User and password of a URL: together, separately, and each also without percent encoding. */
function secretsInUrl(url: string | null): readonly string[] {
  const [, , userInfo = ''] = USER_INFO.exec(url ?? '') ?? []
  const separator = userInfo.indexOf(':')
  const parts = separator === -1 ? [userInfo] : [userInfo, userInfo.slice(0, separator), userInfo.slice(separator + 1)]
  return parts.flatMap((part) => [part, decode(part)]).filter((part) => part !== '')
}

// The authority ends at the first slash, so an `@` behind it is part of the path. URL parsers read a backslash as a slash.
const USER_INFO = /^(\s*(?:[a-z][a-z\d+.-]*:[/\\]+|https?:)?[/\\]*)([^/?#\\]*)@/i

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
