import { setTimeout as sleep } from 'node:timers/promises'
import { createTicket, type Ledger, untilAnswered } from './ledger.ts'

/** Requests at a fixed rate: reads and creates of tickets, by the owners of the tokens in turn. */
export interface MixedLoad {
  readonly ledger: Ledger
  readonly sent: () => number
  /** Waits for the replies to everything that was sent. */
  readonly stop: () => Promise<void>
}

// On a slow machine requests wait instead of piling up.
const MOST_AT_ONCE = 100

export function startMixedLoad(perSecond: number, tokens: readonly string[], pickUrl: () => string): MixedLoad {
  const ledger: Ledger = { acknowledged: new Map(), open: new Set(), unexpected: [] }
  const stopping = new AbortController()
  const running = new Set<Promise<void>>()
  let sent = 0

  const run = async () => {
    const start = performance.now()
    while (!stopping.signal.aborted) {
      const due = ((performance.now() - start) / 1000) * perSecond
      while (sent < due && running.size < MOST_AT_ONCE) {
        const request = sendOne(sent, tokens, pickUrl, ledger).catch(
          (error: unknown) => void ledger.unexpected.push(String(error)),
        )
        sent += 1
        running.add(request)
        void request.finally(() => running.delete(request))
      }
      await sleep(5)
    }
  }
  const ended = run()
  return {
    ledger,
    sent: () => sent,
    async stop() {
      stopping.abort()
      await ended
      await Promise.all(running)
    },
  }
}

/** Of four requests one creates a ticket, and the others read: both lists, and a ticket that was acknowledged. */
async function sendOne(
  number: number,
  tokens: readonly string[],
  pickUrl: () => string,
  ledger: Ledger,
): Promise<void> {
  const token = tokens[Math.floor(number / 4) % tokens.length] ?? ''
  switch (number % 4) {
    case 0:
      return createTicket(`${token} ${number}`, token, pickUrl, ledger)
    case 1:
      return read('/tickets/', token, pickUrl, ledger)
    case 2:
      return read('/integrations/', token, pickUrl, ledger)
    default: {
      const [title, id] = [...ledger.acknowledged].at(-1) ?? []
      return title === undefined ? undefined : read(`/tickets/${id}`, title.split(' ')[0] ?? '', pickUrl, ledger)
    }
  }
}

/** A read without an answer is sent again, to a server that runs then. */
async function read(path: string, token: string, pickUrl: () => string, ledger: Ledger): Promise<void> {
  const headers = { Authorization: `Bearer ${token}` }
  const { status, text } = await untilAnswered(() => fetch(`${pickUrl()}/api/v1${path}`, { headers }))
  if (status !== 200) ledger.unexpected.push(`${path}: ${status} ${text}`)
}
