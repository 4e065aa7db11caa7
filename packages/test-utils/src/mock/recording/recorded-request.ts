import type { EndpointId, Generation } from '@ai-ticket-creator/domain'
import { endpointAt } from '@ai-ticket-creator/reference-api'
import { parseJson } from '../../core/json.ts'
import { createJsonRedactor } from '../../core/redact-json.ts'

/** A request as a plain object, for assertions. It has no headers, and no secrets: see `body`. */
export interface RecordedRequest {
  readonly method: string
  /** The whole path, such as `/api/v1/tickets/`. */
  readonly path: string
  /** Undefined for a path or a method outside of the contract. */
  readonly endpoint: EndpointId | undefined
  /** A name that was sent several times has a list. */
  readonly query: Readonly<Record<string, string | readonly string[]>>
  /**
   * The JSON that was sent; undefined without a body. Secrets are replaced by `[redacted]`: every value in `credentials`,
   * `webhook_secret`, `webhook_url` and in any field whose name looks secret. These values and the token are also replaced
   * everywhere else, encoded or not. For a body that is not JSON only the length is recorded.
   */
  readonly body: unknown
  /** The generation of the API when it responded. */
  readonly generation: Generation
  /** The status of the response; `pending` before it, and `no answer` when the connection broke or the caller aborted. */
  readonly status: number | 'pending' | 'no answer'
  /** Deprecated names in the request, as a transitional API reports them. */
  readonly deprecated: readonly string[]
  /** Fields that had no effect, as the API reports them. */
  readonly ignored: readonly string[]
  /** The names of the faults that were applied. */
  readonly faults: readonly string[]
}

/** A record while its request is in progress. */
export type PendingRecord = { -readonly [K in keyof RecordedRequest]: RecordedRequest[K] } & { faults: string[] }

/** Records a request. Its body stays readable. */
export async function startRecord(request: Request, generation: Generation): Promise<PendingRecord> {
  const { pathname, searchParams } = new URL(request.url)
  const text = request.body === null ? '' : await request.clone().text()
  const json = parseJson(text)
  const query = readQuery(searchParams)
  const redactor = createJsonRedactor([tokenOf(request)], [json, query])

  return {
    method: request.method,
    path: redactor.text(pathname),
    endpoint: endpointAt(request.method, pathname),
    query: redactor.values(query),
    body:
      text === '' ? undefined : json === undefined ? `[not JSON: ${text.length} characters]` : redactor.values(json),
    generation,
    status: 'pending',
    deprecated: [],
    ignored: [],
    faults: [],
  }
}

/** Adds what the API reported in its headers. A fault may later remove the headers from the response. */
export function recordHeaders(record: PendingRecord, { headers }: Response): void {
  record.deprecated = listOf(headers.get('Deprecated-Fields')).map((member) => member.replace(/;.*/, ''))
  // A name that is not a token of RFC 9651 is quoted and percent-encoded.
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
