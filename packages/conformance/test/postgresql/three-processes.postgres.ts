import { createDatabase, requireServer, startPooler } from '@ai-ticket-creator/test-postgresql'
import { afterAll } from 'vitest'
import { describeKeyedCalls } from '../../../reference-api/test/keyed-calls-suite.ts'
import { describeDroppedCreates } from '../../../sdk/test/dropped-creates-suite.ts'
import { runsThrough } from '../../src/backends.ts'
import { startServerProcesses } from '../../src/server-processes.ts'
import { describeAfterCodeIntegrations } from '../../src/suite/after-code-integrations.ts'
import { describeAfterCodeTickets } from '../../src/suite/after-code-tickets.ts'
import { describeBeforeCode } from '../../src/suite/before-code.ts'
import { overServerProcesses } from '../../src/transports.ts'

// The suites share three processes behind PgBouncer in transaction mode, so they are one file.
const serverUrl = requireServer()
const pooler = await startPooler(serverUrl)
const url = await createDatabase(serverUrl)
const processes = await startServerProcesses(url, { count: 3, settings: { DATABASE_URL: pooler.urlOf(url) } })
afterAll(async () => {
  await processes.close()
  await pooler.stop()
})

const runs = runsThrough(overServerProcesses(processes))
describeBeforeCode(runs)
describeAfterCodeIntegrations(runs)
describeAfterCodeTickets(runs)

async function open() {
  await processes.switchGeneration('current')
  const { token } = await processes.createOrganization()
  return { fetch: processes.fetch, token }
}

describeDroppedCreates({ name: 'three processes', open, keys: true })
describeKeyedCalls('three processes', open)
