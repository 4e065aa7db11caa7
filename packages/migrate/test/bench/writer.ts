// A client in a process of its own, started by traffic.ts: it writes at a fixed rate and keeps a ledger of acknowledged writes.
import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'pg'
import type { LedgerRow, Mode, Request, Window } from './messages.ts'
import { randomWrite } from './random-write.ts'

const [url = '', name = '', rate = '100'] = process.argv.slice(2)
const interval = 1000 / Number(rate)
const pool = new Pool({ connectionString: url, max: 8, application_name: name })

const ledger = new Map<string, LedgerRow>()
const idle: string[] = []
const inFlight = new Set<Promise<void>>()
let latencies: number[] = []
let errors: string[] = []
let mode: Mode = 'old'
let state: 'writing' | 'paused' | 'stopped' = 'writing'

const { rows } = await pool.query<LedgerRow>(
  'SELECT id::text, integration_type::text AS platform, is_enabled AS enabled FROM public.integrations WHERE description = $1',
  [name],
)
for (const row of rows) remember(row)
process.on('message', (request: Request) => void answer(request))
// The measurement has ended or was stopped.
process.on('disconnect', () => process.exit())
process.send?.({ type: 'ready' })
await write()

/** Writes are started when they are due, also while others wait, as independent clients do. */
async function write(): Promise<void> {
  // oxlint-disable-next-line eslint/no-unmodified-loop-condition -- `answer` changes it
  for (let due = performance.now() + interval; state !== 'stopped'; due += interval) {
    await sleep(Math.max(0, due - performance.now()))
    if (state === 'paused') continue
    const writing = writeOnce(due).finally(() => inFlight.delete(writing))
    inFlight.add(writing)
  }
}

async function writeOnce(due: number): Promise<void> {
  const row = takeRow()
  try {
    const { text, values, after } = randomWrite(mode, row, name)
    await send(text, values)
    remember(after)
    if (row !== undefined && row.id !== after.id) idle.push(row.id)
  } catch (error) {
    errors.push(String(error))
    if (row !== undefined) idle.push(row.id)
  }
  latencies.push(performance.now() - due)
}

// `pool.query` would open a new connection after each error.
async function send(text: string, values: readonly unknown[]): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query(text, [...values])
  } finally {
    client.release()
  }
}

function remember(row: LedgerRow): void {
  ledger.set(row.id, row)
  idle.push(row.id)
}

/** A row that no other write of this client is changing. */
function takeRow(): LedgerRow | undefined {
  const index = Math.floor(Math.random() * idle.length)
  const [last, id] = [idle.pop(), idle[index]]
  if (last === undefined) return undefined
  if (id === undefined || index === idle.length) return ledger.get(last)
  idle[index] = last
  return ledger.get(id)
}

async function answer(request: Request): Promise<void> {
  switch (request.type) {
    case 'mode':
      mode = request.mode
      // Writes in the other form have ended when this one is confirmed.
      await Promise.all(inFlight)
      process.send?.({ type: 'mode' })
      break
    case 'window': {
      const window: Window = { latencies, errors }
      ;[latencies, errors] = [[], []]
      process.send?.({ type: 'window', window })
      break
    }
    case 'pause':
      state = 'paused'
      await Promise.all(inFlight)
      process.send?.({ type: 'pause', ledger: [...ledger.values()] })
      break
    case 'resume':
      state = 'writing'
      process.send?.({ type: 'resume' })
      break
    case 'stop':
      state = 'stopped'
      await Promise.all(inFlight)
      await pool.end()
      process.send?.({ type: 'stop' }, () => process.disconnect())
  }
}
