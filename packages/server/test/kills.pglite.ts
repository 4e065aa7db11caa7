import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { createToken, openPglite, ServerError, schemaUp } from '@ai-ticket-creator/server'
import { expect, test } from 'vitest'
import { readSize } from '../../../vitest.sizes.ts'
import { compareWithRows, startLoad } from './ledger.ts'
import { createProcessStarter } from './process-starter.ts'
import { createFolders } from './run-command.ts'

const newFolder = createFolders()
const startProcess = createProcessStarter()

const KILLS = readSize('KILLS', 1)
const ACKNOWLEDGED_PER_KILL = 25

test('a folder in use is refused; after kill -9 under load it is free and has every acknowledged ticket once', {
  // Two hours, for long runs with KILLS.
  timeout: 7_200_000,
}, async () => {
  const folder = newFolder()
  const token = await createDatabase(folder)
  let server = await startProcess({ DATA_FOLDER: folder })
  await expect(openPglite(folder)).rejects.toThrow(ServerError)
  await expect(openPglite(folder)).rejects.toThrow('is in use by process')

  const load = startLoad(8, token, () => server.url)
  for (let kills = 1; kills <= KILLS; kills++) {
    await load.untilAcknowledged(kills * ACKNOWLEDGED_PER_KILL)
    await server.end('SIGKILL')
    server = await startProcess({ DATA_FOLDER: folder })
  }
  const ledger = await load.stop()
  await server.end('SIGTERM')

  const database = await openPglite(folder)
  expect(ledger.unexpected).toEqual([])
  expect(await compareWithRows(database.sql, ledger)).toEqual({ lost: [], twice: 0, unanswered: [] })
  await database.close()
})

async function createDatabase(folder: string): Promise<string> {
  mkdirSync(dirname(folder), { recursive: true })
  const database = await openPglite(folder)
  await schemaUp(database.sql)
  const { token } = await createToken(database.sql, { organization: 'Acme', email: 'agent@acme.test', name: 'test' })
  await database.close()
  return token
}
