import type { CaseRequest } from '../model/case-request.ts'
import { type Reply, writtenRow } from '../model/observed-reply.ts'
import type { UndeletedResource } from '../model/report.ts'
import { type CreatedResource, createRowDeleter } from './delete-rows.ts'
import { encodeRequest } from './encode-request.ts'
import { type Connection, type RequestMode, send } from './http-client.ts'

/** Sends the requests of a run, and deletes the rows that they created. */
export interface ResourceTracker {
  /** Translates a request for the backend and sends it. The rows that the request creates belong to `owner`. */
  readonly send: (request: CaseRequest, ids: Readonly<Record<string, string>>, owner: string) => Promise<Reply>
  /** All replies so far. */
  readonly replies: readonly Reply[]
  /** Deletes the rows of an owner. If that fails, `deleteAll` tries again. */
  readonly deleteOwned: (owner: string) => Promise<void>
  /** Deletes all remaining rows of the run; returns those that it could not delete. */
  readonly deleteAll: () => Promise<readonly UndeletedResource[]>
}

/** @param prefix The names and titles of all rows of the run begin with it. */
export function createResourceTracker(connection: Connection, mode: RequestMode, prefix: string): ResourceTracker {
  const replies: Reply[] = []
  const names = new Map<string, string>()
  const created = new Map<string, Map<string, CreatedResource>>()
  const deleter = createRowDeleter(connection, mode)

  async function sendAndRecord(request: CaseRequest, ids: Readonly<Record<string, string>>, owner: string) {
    const encoded = encodeRequest(mode.generation, request, (id) => names.get(id))
    const reply = { ...(await send(connection, mode, encoded, ids)), request }
    replies.push(reply)
    recordCreated(reply, owner)
    return reply
  }

  function recordCreated(reply: Reply, owner: string): void {
    const { endpoint, status, request } = reply
    const kind = CREATED_KIND[endpoint]
    const { id, name } = writtenRow(reply)
    if (kind === undefined || status >= 300 || typeof id !== 'string') return

    const rows = created.get(owner) ?? new Map<string, CreatedResource>()
    created.set(owner, rows.set(id, { kind, id, token: request.token }))
    if (typeof name === 'string') names.set(id, name)
  }

  async function deleteOwned(owner: string): Promise<void> {
    const rows = created.get(owner) ?? new Map<string, CreatedResource>()
    for (const row of rows.values()) if ((await deleter.remove(row)) === undefined) rows.delete(row.id)
  }

  async function deleteAll(): Promise<readonly UndeletedResource[]> {
    const tried = new Set<string>()
    const undeleted: UndeletedResource[] = []
    let left: readonly CreatedResource[] = [...created.values()].flatMap((rows) => [...rows.values()])
    do {
      for (const row of left) {
        tried.add(row.id)
        const failure = await deleter.remove(row)
        if (failure !== undefined) undeleted.push(failure)
      }
      // Also finds the rows of creates that got no reply. Repeated, because a list shows 100 rows at a time.
      const found = await deleter.findByPrefix(prefix)
      left = found.filter(({ id }) => !tried.has(id))
    } while (left.length > 0)
    return undeleted
  }

  return { send: sendAndRecord, replies, deleteOwned, deleteAll }
}

const CREATED_KIND: Readonly<Record<string, CreatedResource['kind']>> = {
  'integrations.create': 'integration',
  'tickets.create': 'ticket',
  'tickets.createWithAi': 'ticket',
}
