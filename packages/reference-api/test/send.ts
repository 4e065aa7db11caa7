import type { App, AppUser } from '@ai-ticket-creator/reference-api'
import { DEFAULT_USER } from '@ai-ticket-creator/reference-api'

export type Fields = Readonly<Record<string, unknown>>

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body; undefined when it is empty. */
  readonly json: unknown
}

/**
 * Sends one request, given by method and path: `send(app, 'POST /integrations/', { name: 'Jira' })`. A string body is
 * sent as it is.
 */
export async function send(
  app: Pick<App, 'fetch'>,
  line: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const [method = '', path = ''] = line.split(' ')
  const request = new Request(`http://api.example.test/api/v1${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${DEFAULT_USER.token}`,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const response = await app.fetch(request)
  const text = await response.text()
  const json: unknown = text === '' ? undefined : JSON.parse(text)
  return { status: response.status, headers: response.headers, text, json }
}

/** The fields of a reply that is an object. */
export function fieldsOf({ json }: Pick<Reply, 'json'>): Fields {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new TypeError('the reply is no object')
  // Checked above.
  return json as Fields
}

/** The items of a list, with or without an envelope. */
export function itemsOf(reply: Pick<Reply, 'json'>): readonly Fields[] {
  const items = Array.isArray(reply.json) ? reply.json : fieldsOf(reply)['items']
  if (!Array.isArray(items)) throw new TypeError('the reply is no list')
  return items.map((json: unknown) => fieldsOf({ json }))
}

/** Sorted, for lists in any order. */
export const sorted = (ids: readonly unknown[]): readonly string[] => ids.map(String).toSorted(compare)

const compare = (a: string, b: string): number => (a < b ? -1 : 1)

/** The values of one field over the items of a list. */
export const column = (reply: Pick<Reply, 'json'>, field: string): readonly unknown[] =>
  itemsOf(reply).map((item) => item[field])

export const idOf = (reply: Pick<Reply, 'json'>): string => String(fieldsOf(reply)['id'])

/** The issues of a reply as text: path, code and, if present, replacement. */
export function issuesOf(reply: Pick<Reply, 'json'>): readonly string[] {
  const { detail } = fieldsOf(reply)
  if (!Array.isArray(detail)) throw new TypeError('the reply has no list of issues')
  return detail.map((json: unknown) => {
    const { loc, code, replacement } = fieldsOf({ json })
    const place = Array.isArray(loc) ? loc.join('.') : ''
    return [place, code, ...(replacement === undefined ? [] : [`-> ${JSON.stringify(replacement).slice(1, -1)}`])].join(
      ' ',
    )
  })
}

export const bearer = ({ token }: Pick<AppUser, 'token'>): Record<string, string> => ({
  Authorization: `Bearer ${token}`,
})

/** The nth id of `sequentialIds`, the default of an app. */
export const nthId = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

export const ada: AppUser = {
  id: '10000000-0000-4000-8000-00000000000a',
  email: 'ada@one.example.test',
  display_name: 'Ada',
  full_name: 'Ada of One',
  organization_id: '20000000-0000-4000-8000-00000000000a',
  token: 'token-of-ada',
}

export const bob: AppUser = {
  id: '10000000-0000-4000-8000-00000000000b',
  email: 'bob@two.example.test',
  display_name: 'Bob',
  avatar_url: 'https://two.example.test/bob.png',
  organization_id: '20000000-0000-4000-8000-00000000000b',
  token: 'token-of-bob',
}
