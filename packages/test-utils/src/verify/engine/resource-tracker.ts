import type { JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { CaseRequest } from '../model/case-request.ts'
import { describeAnswer } from '../model/describe.ts'
import type { Reply } from '../model/observed-reply.ts'
import type { UndeletedResource } from '../model/report.ts'
import { encodeRequest } from './encode-request.ts'
import { type Connection, type RequestMode, send } from './http-client.ts'

type Kind = UndeletedResource['kind']

/** A row that the run created. */
interface CreatedResource {
  readonly kind: Kind
  readonly id: string
}

/** Sends the requests of a run, and deletes the rows that they created. */
export interface ResourceTracker {
  /** Translates a request for the backend and sends it. The rows that it creates belong to `owner`. */
  readonly send: (request: CaseRequest, ids: Readonly<Record<string, string>>, owner: string) => Promise<Reply>
  /** All replies so far. */
  readonly replies: readonly Reply[]
  readonly deleteOwned: (owner: string) => Promise<void>
  /** Deletes all remaining rows of the run; returns those that it could not delete. */
  readonly deleteAll: () => Promise<readonly UndeletedResource[]>
}

/** @param prefix The names and titles of all rows of the run begin with it. */
export function createResourceTracker(connection: Connection, mode: RequestMode, prefix: string): ResourceTracker {
  const replies: Reply[] = []
  const names = new Map<string, string>()
  const created = new Map<string, Map<string, CreatedResource>>()

  async function sendAndRecord(request: CaseRequest, ids: Readonly<Record<string, string>>, owner: string) {
    const encoded = encodeRequest(mode.generation, request, (id) => names.get(id))
    const reply = { ...(await send(connection, mode, encoded, ids)), request }
    replies.push(reply)
    recordCreated(reply, owner)
    return reply
  }

  function recordCreated({ endpoint, status, fields }: Reply, owner: string): void {
    const kind = CREATED_KIND[endpoint]
    const row = isJsonObject(fields['ticket']) ? fields['ticket'] : fields
    const { id, name } = row
    if (kind === undefined || status >= 300 || typeof id !== 'string') return

    const rows = created.get(owner) ?? new Map<string, CreatedResource>()
    created.set(owner, rows.set(id, { kind, id }))
    if (typeof name === 'string') names.set(id, name)
  }

  const remove = deleterFor(connection, mode)

  async function deleteOwned(owner: string): Promise<void> {
    const rows = created.get(owner) ?? new Map<string, CreatedResource>()
    for (const row of rows.values()) if ((await remove(row)) === undefined) rows.delete(row.id)
  }

  async function deleteAll(): Promise<readonly UndeletedResource[]> {
    const known = [...created.values()].flatMap((rows) => [...rows.values()])
    const found = await findByPrefix(connection, mode, prefix)
    const left = new Map([...known, ...found].map((row) => [row.id, row]))
    const undeleted = await Promise.all([...left.values()].map(remove))
    return undeleted.filter((row) => row !== undefined)
  }

  return { send: sendAndRecord, replies, deleteOwned, deleteAll }
}

const CREATED_KIND: Readonly<Record<string, Kind>> = {
  'integrations.create': 'integration',
  'tickets.create': 'ticket',
  'tickets.createWithAi': 'ticket',
}

// A run that was stopped still deletes its rows.
const withoutSignal = (connection: Connection): Connection => ({
  ...connection,
  signal: new AbortController().signal,
})

/** Deletes a row; returns it with a reason if that failed. */
function deleterFor(connection: Connection, mode: RequestMode) {
  const unstoppable = withoutSignal(connection)
  return async (row: CreatedResource): Promise<UndeletedResource | undefined> => {
    const { kind, id } = row
    try {
      const reply = await send(unstoppable, mode, { endpoint: `${kind}s.delete` }, { [`${kind}_id`]: id })
      return reply.status < 300 || reply.status === 404 ? undefined : { ...row, reason: describeAnswer(reply) }
    } catch (error) {
      return { ...row, reason: error instanceof Error ? error.message : 'unknown' }
    }
  }
}

/** Rows of this run that no reply showed, because the reply of their create was lost. */
async function findByPrefix(
  connection: Connection,
  mode: RequestMode,
  prefix: string,
): Promise<readonly CreatedResource[]> {
  const unstoppable = withoutSignal(connection)
  const searches: readonly (readonly [Kind, CaseRequest])[] = [
    ['integration', { endpoint: 'integrations.list', query: { name: prefix, limit: 100 } }],
    ['ticket', { endpoint: 'tickets.list', query: { q: prefix, size: 100 } }],
  ]
  const found: CreatedResource[] = []
  for (const [kind, request] of searches) {
    const rows = await listRows(unstoppable, mode, request)
    for (const { id, name, title } of rows)
      if (String(name ?? title).startsWith(prefix) && typeof id === 'string') found.push({ kind, id })
  }
  return found
}

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
    return []
  }
}
