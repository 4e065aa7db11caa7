import type { EndpointId, Generation } from '@ai-ticket-creator/domain'
import { endpointAt } from '@ai-ticket-creator/reference-api'
import { parseJson } from '../../core/json.ts'
import { createMask } from '../../core/redact.ts'

/**
 * A request as a test asserts on it: a plain object. Headers are not in it, and no secret: see `body`.
 */
export interface RecordedRequest {
  readonly method: string
  /** The whole path, such as `/api/v1/tickets/`. */
  readonly path: string
  /** Undefined when the contract has nothing there. */
  readonly endpoint: EndpointId | undefined
  /** A name that was sent several times has a list. */
  readonly query: Readonly<Record<string, string | readonly string[]>>
  /**
   * The JSON that was sent; undefined for none. Every value below `credentials`, `webhook_secret` and whatever is
   * called like a secret reads `[hidden]`, and so does each such value, and the token, wherever else it stands. A body
   * that is no JSON is only counted.
   */
  readonly body: unknown
  /** Which words the API spoke when it answered. */
  readonly generation: Generation
  /** The status that the caller got; `no answer` when the connection broke or the caller went away. */
  readonly status: number | 'pending' | 'no answer'
  /** Old names in it, as a transitional API noticed them. */
  readonly deprecated: readonly string[]
  /** Fields that had no effect. */
  readonly ignored: readonly string[]
  /** The faults that struck it, by name. */
  readonly faults: readonly string[]
}

/** A record while its request is under way. */
export type PendingRecord = { -readonly [K in keyof RecordedRequest]: RecordedRequest[K] } & { faults: string[] }

/** Writes down what is asked. The request's body stays unread. */
export async function startRecord(request: Request, generation: Generation): Promise<PendingRecord> {
  const { pathname, searchParams } = new URL(request.url)
  const text = await request.clone().text()
  const json = parseJson(text)
  const mask = createMask(tokenOf(request), json)

  return {
    method: request.method,
    path: mask.text(pathname),
    endpoint: endpointAt(request.method, pathname),
    query: mask.values(readQuery(searchParams)),
    body: text === '' ? undefined : json === undefined ? `[not JSON: ${text.length} characters]` : mask.values(json),
    generation,
    status: 'pending',
    deprecated: [],
    ignored: [],
    faults: [],
  }
}

/** Adds what the API noticed, from its own headers: what a client gets may have lost them. */
export function recordHeaders(record: PendingRecord, { headers }: Response): void {
  record.deprecated = listOf(headers.get('Deprecated-Fields')).map((member) => member.replace(/;.*/, ''))
  record.ignored = listOf(headers.get('Ignored-Fields')).map((member) =>
    member.startsWith('"') ? decodeURIComponent(member.slice(1, -1)) : member,
  )
}

const listOf = (header: string | null): readonly string[] => (header === null ? [] : header.split(', '))

function readQuery(search: URLSearchParams): Record<string, string | readonly string[]> {
  return Object.fromEntries(
    [...new Set(search.keys())].map((name) => {
      const all = search.getAll(name)
      const [only = ''] = all
      return [name, all.length > 1 ? all : only]
    }),
  )
}

const tokenOf = (request: Request): string => (request.headers.get('Authorization') ?? '').replace(/^\S+ +/, '')
