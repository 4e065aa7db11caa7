import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { vi } from 'vitest'
import type { SqlConnection } from '../src/database/database.ts'

/** The replies that clients got for the tickets that they created. Each ticket has its own title. */
export interface Ledger {
  /** The id of each ticket that was acknowledged, by its title. */
  readonly acknowledged: Map<string, string>
  /** Titles whose last reply was a 409: an earlier attempt may still be running. */
  readonly open: Set<string>
  /** Replies with any other status. */
  readonly unexpected: string[]
}

export interface Load {
  readonly ledger: Ledger
  /** Waits until so many tickets are acknowledged. @throws Error when no server answers any more. */
  readonly untilAcknowledged: (tickets: number) => Promise<void>
  /** Waits until each client has a reply for the ticket that it is creating. */
  readonly stop: () => Promise<Ledger>
}

/**
 * Starts clients that create tickets one after the other. When an attempt has no answer, a client sends it again with the
 * same key to a server that runs then.
 */
export function startLoad(clients: number, token: string, pickUrl: () => string): Load {
  const ledger: Ledger = { acknowledged: new Map(), open: new Set(), unexpected: [] }
  const stopping = new AbortController()
  const client = async () => {
    while (!stopping.signal.aborted) await createTicket(crypto.randomUUID(), token, pickUrl, ledger)
  }
  const running = Promise.all(Array.from({ length: clients }, client))
  // A failure is thrown by the members below, which may be called later.
  running.catch(() => {})
  return {
    ledger,
    async untilAcknowledged(tickets) {
      const hasEnough = () => ledger.acknowledged.size >= tickets
      await Promise.race([running, vi.waitUntil(hasEnough, { timeout: 600_000, interval: 1 })])
    },
    async stop() {
      stopping.abort()
      await running
      return ledger
    },
  }
}

/** Creates a ticket, and repeats that until there is an answer. */
export async function createTicket(title: string, token: string, pickUrl: () => string, ledger: Ledger): Promise<void> {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'Idempotency-Key': title }
  const body = JSON.stringify({ title, description: 'D' })
  const { status, text } = await untilAnswered(() =>
    fetch(`${pickUrl()}/api/v1/tickets/`, { method: 'POST', headers, body }),
  )
  if (status === 201) {
    const { id } = JSON.parse(text) as { readonly id: string }
    ledger.acknowledged.set(title, id)
  } else if (status === 409) ledger.open.add(title)
  else ledger.unexpected.push(`${status} ${text}`)
}

/** Sends a request again until a server answers, because servers are killed and started. */
export async function untilAnswered(
  send: () => Promise<Response>,
  { attempts = 600, pause = 100 } = {},
): Promise<{ readonly status: number; readonly text: string }> {
  let cause: unknown
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    try {
      const reply = await send()
      return { status: reply.status, text: await reply.text() }
    } catch (error) {
      cause = error
    }
    await sleep(pause)
  }
  throw new Error(`no server has answered ${attempts} attempts to send a request`, { cause })
}

/**
 * Compares the ledger with the stored rows. `lost`: acknowledged tickets without a row, or with another id. `twice`: rows beyond
 * the first of a title. `unanswered`: titles whose last reply was a 409, although there is a row.
 */
export async function compareWithRows(db: SqlConnection, { acknowledged, open }: Ledger) {
  const { rows } = await sql<{ title: string; id: string }>`select title, id from tickets`.execute(db)
  const stored = new Map(rows.map(({ title, id }) => [title, id]))
  return {
    lost: [...acknowledged].filter(([title, id]) => stored.get(title) !== id),
    twice: rows.length - stored.size,
    // A row and the reply of its key are written together, so a repeat of a create with a row gets the reply.
    unanswered: [...open].filter((title) => stored.has(title)),
  }
}
