import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { CaseRequest } from '../model/case-request.ts'
import { describeAnswer } from '../model/describe.ts'
import type { Reply } from '../model/observed-reply.ts'
import type { UndeletedResource } from '../model/report.ts'
import { encodeRequest } from './encode-request.ts'
import { type Connection, type RequestMode, send } from './http-client.ts'

/** A row that the backend has made for us. */
interface Kept {
  readonly kind: UndeletedResource['kind']
  readonly id: string
}

/** Sends the requests of a run, and knows what they have made. */
export interface ResourceTracker {
  /** Sends a request in the words of the backend. */
  readonly ask: (
    ask: CaseRequest,
    ids: Readonly<Record<string, string>>,
    as: { readonly owner: string },
  ) => Promise<Reply>
  /** All replies so far. */
  readonly replies: readonly Reply[]
  /** Deletes what the requests of one owner have made. */
  readonly tidy: (owner: string) => Promise<void>
  /** Deletes all that is left, and says what could not be deleted. */
  readonly clear: () => Promise<readonly UndeletedResource[]>
}

/** @param prefix What the names and titles of all our rows begin with. */
export function createResourceTracker(connection: Connection, manner: RequestMode, prefix: string): ResourceTracker {
  const replies: Reply[] = []
  const names = new Map<string, string>()
  const made = new Map<string, Map<string, Kept>>()

  async function ask(
    request: CaseRequest,
    ids: Readonly<Record<string, string>>,
    { owner }: { readonly owner: string },
  ) {
    const asked = encodeRequest(manner.generation, request, (id) => names.get(id))
    const reply = { ...(await send(connection, manner, asked, ids)), ask: request }
    replies.push(reply)
    remember(reply, owner)
    return reply
  }

  function remember({ endpoint, status, fields }: Reply, owner: string): void {
    const kind = MAKERS[endpoint]
    const row = isJsonObject(fields['ticket']) ? fields['ticket'] : fields
    const { id, name } = row
    if (kind === undefined || status >= 300 || typeof id !== 'string') return

    const rows = made.get(owner) ?? new Map<string, Kept>()
    made.set(owner, rows.set(id, { kind, id }))
    if (typeof name === 'string') names.set(id, name)
  }

  // What was stopped is cleared up all the same.
  const clearing = { ...connection, signal: new AbortController().signal }
  const remove = ({ kind, id }: Kept): Promise<Reply> => send(clearing, manner, REMOVALS[kind], idsOf(kind, id))

  async function tidy(owner: string): Promise<void> {
    const rows = made.get(owner) ?? new Map<string, Kept>()
    for (const row of rows.values()) {
      const { status } = await remove(row)
      if (status < 300 || status === 404) rows.delete(row.id)
    }
  }

  async function clear(): Promise<readonly UndeletedResource[]> {
    const known = [...made.values()].flatMap((rows) => [...rows.values()])
    const found = [...(await findOurs('integration')), ...(await findOurs('ticket'))]
    const left = new Map([...known, ...found].map((row) => [row.id, row]))
    return (await Promise.all([...left.values()].map(removeOrTell))).filter((one) => one !== undefined)
  }

  async function removeOrTell(row: Kept): Promise<UndeletedResource | undefined> {
    try {
      const reply = await remove(row)
      return reply.status < 300 || reply.status === 404 ? undefined : { ...row, reason: describeAnswer(reply) }
    } catch (error) {
      return { ...row, reason: error instanceof Error ? error.message : 'unknown' }
    }
  }

  /** Rows of ours that no reply told of: a create whose answer was lost. Those of others are never touched. */
  async function findOurs(kind: UndeletedResource['kind']): Promise<readonly Kept[]> {
    try {
      const { current } = await send(clearing, manner, SEARCHES[kind](prefix))
      const rows = isJsonObject(current) ? current['items'] : current
      if (!Array.isArray(rows)) return []
      return rows.filter(isJsonObject).flatMap(({ id, name, title }) => {
        const ours = String(kind === 'ticket' ? title : name).startsWith(prefix)
        return ours && typeof id === 'string' ? [{ kind, id }] : []
      })
    } catch {
      return []
    }
  }

  return { ask, replies, tidy, clear }
}

const MAKERS: Readonly<Record<string, UndeletedResource['kind']>> = {
  'integrations.create': 'integration',
  'tickets.create': 'ticket',
  'tickets.createWithAi': 'ticket',
}

const REMOVALS: Readonly<Record<UndeletedResource['kind'], CaseRequest>> = {
  integration: { endpoint: 'integrations.delete' },
  ticket: { endpoint: 'tickets.delete' },
}

const SEARCHES: Readonly<Record<UndeletedResource['kind'], (prefix: string) => CaseRequest>> = {
  integration: (name) => ({ endpoint: 'integrations.list', query: { name, limit: 100 } }),
  ticket: (q) => ({ endpoint: 'tickets.list', query: { q, size: 100 } }),
}

const idsOf = (kind: UndeletedResource['kind'], id: string): Readonly<Record<string, string>> => ({
  [`${kind}_id`]: id,
})
