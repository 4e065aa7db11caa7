import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createToken, openPglite, schemaUp } from '../../src/index.ts'
import { BUILT, startProcess } from '../server-process.ts'
import { STARTS } from './settings.ts'
import { millisecondsOf } from './statistics.ts'

/** Milliseconds from `start` to the first reply, on a folder of PGlite that exists. */
export async function measureFirstRequest(): Promise<readonly number[]> {
  const parent = mkdtempSync(join(tmpdir(), 'ai-ticket-creator-bench-'))
  const folder = join(parent, 'data')
  const token = await createData(folder)
  // The first start reads files of the program and of the folder that no one has read since they were written.
  await startAndAsk(folder, token)

  const times: number[] = []
  for (let start = 0; start < STARTS; start += 1) times.push(await startAndAsk(folder, token))
  rmSync(parent, { recursive: true, force: true })
  return times
}

async function createData(folder: string): Promise<string> {
  const database = await openPglite(folder)
  await schemaUp(database.sql)
  const { token } = await createToken(database.sql, { organization: 'Acme', email: 'agent@acme.test', name: 'bench' })
  await database.close()
  return token
}

async function startAndAsk(folder: string, token: string): Promise<number> {
  let stop = async () => {}
  const time = await millisecondsOf(async () => {
    const server = await startProcess({ DATA_FOLDER: folder }, BUILT)
    stop = () => server.end('SIGTERM')
    const reply = await fetch(`${server.url}/api/v1/integrations/`, { headers: { Authorization: `Bearer ${token}` } })
    if (reply.status !== 200) throw new Error(`the first reply is ${reply.status}: ${await reply.text()}`)
  })
  await stop()
  return time
}
