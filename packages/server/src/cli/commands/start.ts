import type { Command } from 'commander'
import { createLog } from '../../runtime/log.ts'
import type { CommandContext, OnCommand } from '../command.ts'
import type { ProcessIo } from '../process-io.ts'

export function addStart(program: Command, onCommand: OnCommand): void {
  program
    .command('start')
    .description('serve the API until SIGTERM or SIGINT; requests in progress are finished')
    .action(() => onCommand({ json: false, usesKeys: true, run: start }))
}

async function start({ settings, io, open }: CommandContext): Promise<0> {
  const stopped = untilSignal(io)
  const log = createLog(settings, io.stdout)
  // PGlite is compiled in other threads while the modules of the server are loaded.
  const [database, { startServer }] = await Promise.all([open(), import('../../runtime/start-server.ts')])
  if (database.kind === 'pglite') io.stderr.write(`${NOT_DURABLE}\n`)

  const server = await startServer(database, settings, log)
  log.info({ url: server.url, database: database.kind }, 'listening')
  log.info({ signal: await stopped }, 'stopping')
  await server.stop()
  log.info('stopped')
  return 0
}

const untilSignal = (io: ProcessIo): Promise<string> =>
  new Promise((resolve) => {
    for (const signal of SIGNALS) io.once(signal, () => resolve(signal))
  })

const SIGNALS = ['SIGTERM', 'SIGINT'] as const

const NOT_DURABLE =
  'PGlite does not force writes to the disk: rows survive the end of this process, but not a power failure. Set DATABASE_URL to use PostgreSQL.'
