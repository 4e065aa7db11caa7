import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { WRITERS } from './fill-integrations.ts'
import type { LedgerRow, Mode, Request, Window } from './messages.ts'

const WRITER = join(import.meta.dirname, 'writer.ts')

/** Two client processes that write all the time. */
export interface Traffic {
  /** Gives the clients other column names. Resolves when no write with the former names is running. */
  readonly setModes: (...modes: readonly [Mode, Mode]) => Promise<void>
  /** The writes since the last call. */
  readonly window: () => Promise<Window>
  /** Lets the clients wait; the rows as they expect them. */
  readonly pause: () => Promise<readonly LedgerRow[]>
  readonly resume: () => Promise<void>
  readonly stop: () => Promise<void>
}

export async function startTraffic(url: string, writesPerSecond: number): Promise<Traffic> {
  const writers = WRITERS.map((name) =>
    fork(WRITER, [url, name, String(writesPerSecond / WRITERS.length)], {
      execArgv: ['--conditions=@ai-ticket-creator/source', '--no-warnings'],
    }),
  )
  await Promise.all(writers.map((writer) => reply(writer, 'ready')))
  return {
    async setModes(...modes) {
      await Promise.all(writers.map((writer, index) => ask(writer, { type: 'mode', mode: modes[index] ?? 'old' })))
    },
    async window() {
      const replies = await Promise.all(writers.map((writer) => ask(writer, { type: 'window' })))
      const windows = replies.map(({ window }) => window)
      return {
        latencies: windows.flatMap((window) => window?.latencies ?? []),
        errors: windows.flatMap((window) => window?.errors ?? []),
      }
    },
    async pause() {
      const replies = await Promise.all(writers.map((writer) => ask(writer, { type: 'pause' })))
      return replies.flatMap(({ ledger }) => ledger ?? [])
    },
    async resume() {
      await Promise.all(writers.map((writer) => ask(writer, { type: 'resume' })))
    },
    async stop() {
      await Promise.all(writers.map((writer) => ask(writer, { type: 'stop' })))
    },
  }
}

interface Reply {
  readonly type: string
  readonly window?: Window
  readonly ledger?: readonly LedgerRow[]
}

async function ask(writer: ChildProcess, request: Request): Promise<Reply> {
  const replied = reply(writer, request.type)
  writer.send(request)
  return replied
}

async function reply(writer: ChildProcess, type: string): Promise<Reply> {
  for (;;) {
    // What writer.ts sends.
    const [message] = (await once(writer, 'message')) as [Reply]
    if (message.type === type) return message
  }
}
