// A service that uses no old names changes one import. The programs after the migration are such services.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as all from '@ai-ticket-creator/sdk'
import * as current from '@ai-ticket-creator/sdk/current'
import { createTestApi } from '@ai-ticket-creator/test-utils'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { removePrograms, runProgram } from '../src/run-program.ts'

const GUIDES = [
  '01-enabled',
  '02-category-and-platform',
  '03-integration-id',
  '04-status-follows-enabled',
  '05-lists-and-filters',
]

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
})
afterAll(removePrograms)

test.each(GUIDES)('the program after guide %s prints and stores the same with the current client', async (guide) => {
  const program = readFileSync(join(import.meta.dirname, '../../../examples', guide, 'after.ts'), 'utf8')
  expect(program).toContain("from '@ai-ticket-creator/sdk'")

  const before = await run(program)
  const after = await run(program.replace("from '@ai-ticket-creator/sdk'", "from '@ai-ticket-creator/sdk/current'"))

  expect(before.printed.length).toBeGreaterThan(0)
  expect(after).toEqual(before)
})

test('every value of the current entry is in the other one, and is the same but for createClient', () => {
  const others = Object.entries(current).filter(([name, value]) => Reflect.get(all, name) !== value)

  expect(others.map(([name]) => name)).toEqual(['createClient'])
})

/** What a program prints, and the requests of it that are no reads. */
async function run(program: string): Promise<{ printed: readonly string[]; writes: readonly unknown[] }> {
  const api = createTestApi({ generation: 'current' })
  vi.stubGlobal('fetch', api.fetch)
  vi.stubEnv('BASE_URL', api.baseUrl)
  vi.stubEnv('TOKEN', api.token)
  vi.stubEnv('GENERATION', 'current')
  const printed: string[] = []
  vi.spyOn(console, 'log').mockImplementation((...values) => printed.push(values.join(' ')))

  await runProgram(program)

  const writes = api.requests.filter(({ method }) => method !== 'GET').map(({ method, body }) => ({ method, body }))
  return { printed, writes }
}
