// The programs of the migration guides against each profile of the existing backend. examples/README.md lists the ones that
// fail there. The results against the reference API are in the table at the end of each guide.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROFILES } from '@ai-ticket-creator/reference-api'
import { createTestApi } from '@ai-ticket-creator/test-utils'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { removePrograms, runProgram } from '../src/run-program.ts'

const GUIDES = [
  '01-enabled',
  '02-category-and-platform',
  '03-integration-id',
  '04-status-follows-enabled',
  '05-lists-and-filters',
  '09-ticket-fields',
  '10-from-raw-http',
]
const programs = GUIDES.flatMap((guide) => [`${guide}/before.ts`, `${guide}/after.ts`])
const documented = readTable()

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
})
afterAll(removePrograms)

test('the table lists programs of the guides', () => {
  expect(documented.size).toBeGreaterThan(0)
  expect([...documented.keys()].filter((program) => !programs.includes(program))).toEqual([])
})

describe.each(PROFILES.map((profile, column) => ({ profile, column })))('against $profile', ({ profile, column }) => {
  test.each(programs)('%s ends as documented', async (program) => {
    const api = createTestApi({ profile })
    vi.stubGlobal('fetch', api.fetch)
    vi.stubEnv('BASE_URL', api.baseUrl)
    vi.stubEnv('TOKEN', api.token)
    vi.stubEnv('GENERATION', api.generation)
    vi.spyOn(console, 'log').mockImplementation(() => {})

    const result = await runProgram(read(program)).then(
      () => 'runs',
      (error: Error) => `fails, \`${error.name}\``,
    )

    expect(result).toBe(documented.get(program)?.[column] ?? 'runs')
    expect(api.requests.length).toBeGreaterThan(0)
  })
})

/** The table of examples/README.md: a program, and its result against each profile. */
function readTable(): ReadonlyMap<string, readonly string[]> {
  const rows = read('README.md').matchAll(/^\| `(\d\d-.*\.ts)` \| (.*) \|$/gm)
  return new Map([...rows].map(([, program = '', results = '']) => [program, results.split(' | ')]))
}

function read(file: string): string {
  return readFileSync(join(import.meta.dirname, '../../../examples', file), 'utf8')
}
