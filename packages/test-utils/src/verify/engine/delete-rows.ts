import type { JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { CaseRequest } from '../model/case-request.ts'
import { describeAnswer } from '../model/describe.ts'
import { isInterruption } from '../model/interruption.ts'
import type { Reply } from '../model/observed-reply.ts'
import type { UndeletedResource } from '../model/report.ts'
import { type Connection, type RequestMode, send } from './http-client.ts'
import { retryDelay } from './pause.ts'

type Kind = UndeletedResource['kind']

/** A row that the run created. */
export interface CreatedResource {
  readonly kind: Kind
  readonly id: string
  /** The token with which the row was created, in the form of a request. */
  readonly token: CaseRequest['token']
}

/** Deletes rows of a run. It does not use the signal of the run, so it works after the run was stopped too. */
export interface RowDeleter {
  /** Deletes a row. If that fails, resolves with the row and the reason. */
  readonly remove: (row: CreatedResource) => Promise<UndeletedResource | undefined>
  /** Finds at most 100 rows of each kind and organization whose name or title begins with the prefix. */
  readonly findByPrefix: (prefix: string) => Promise<readonly CreatedResource[]>
}

export function createRowDeleter(running: Connection, mode: RequestMode): RowDeleter {
  const connection: Connection = { ...running, signal: new AbortController().signal }
  const tokens = connection.otherTenantToken === undefined ? [undefined] : [undefined, 'other-tenant' as const]
  return {
    async remove({ kind, id, token }) {
      const request: CaseRequest = { endpoint: `${kind}s.delete`, ...(token !== undefined && { token }) }
      try {
        const reply = await sendUninterrupted(connection, mode, request, { [`${kind}_id`]: id })
        return reply.status < 300 || reply.status === 404 ? undefined : { kind, id, reason: describeAnswer(reply) }
      } catch (error) {
        return { kind, id, reason: error instanceof Error ? error.message : 'unknown' }
      }
    },
    async findByPrefix(prefix) {
      const found: CreatedResource[] = []
      for (const token of tokens)
        for (const [kind, request] of searchesFor(prefix)) {
          const rows = await listRows(connection, mode, { ...request, ...(token !== undefined && { token }) })
          for (const { id, name, title } of rows)
            if (String(name ?? title).startsWith(prefix) && typeof id === 'string') found.push({ kind, id, token })
        }
      return found
    },
  }
}

const MAX_REPEATS = 4

/** Repeats a request that a gateway answered. A delete can be repeated: if the row is gone, the reply is 404. */
async function sendUninterrupted(
  connection: Connection,
  mode: RequestMode,
  request: CaseRequest,
  ids: Readonly<Record<string, string>>,
): Promise<Reply> {
  for (let repeat = 1; ; repeat++) {
    const reply = await send(connection, mode, request, ids)
    if (repeat > MAX_REPEATS || !isInterruption(reply)) return reply
    connection.pause.extend(retryDelay(reply.headers.get('Retry-After'), repeat))
  }
}

const searchesFor = (prefix: string): readonly (readonly [Kind, CaseRequest])[] => [
  ['integration', { endpoint: 'integrations.list', query: { name: prefix, limit: 100 } }],
  ['ticket', { endpoint: 'tickets.list', query: { q: prefix, size: 100 } }],
]

async function listRows(
  connection: Connection,
  mode: RequestMode,
  request: CaseRequest,
): Promise<readonly JsonObject[]> {
  try {
    const { current } = await send(connection, mode, request)
    const rows = isJsonObject(current) ? current['items'] : current
    return Array.isArray(rows) ? rows.filter(isJsonObject) : []
  } catch {
    // The search only adds rows of creates that got no reply. The recorded rows are deleted without it.
    return []
  }
}
