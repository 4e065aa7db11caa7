import { describeKeyedCalls } from '../../../reference-api/test/keyed-calls-suite.ts'
import { describeDroppedCreates } from '../../../sdk/test/dropped-creates-suite.ts'
import { currentProcesses } from '../../src/current-processes.ts'

// The suites share three processes behind PgBouncer, so they are one file.
await import('../before-code.test.ts')
await import('../after-code-integrations.test.ts')
await import('../after-code-tickets.test.ts')

async function open() {
  if (currentProcesses === undefined) throw new Error('this file is a part of npm run test:postgres')
  await currentProcesses.switchGeneration('current')
  const { token } = await currentProcesses.createOrganization()
  return { fetch: currentProcesses.fetch, token }
}

describeDroppedCreates({ name: 'three processes', open, keys: true })
describeKeyedCalls('three processes', open)
