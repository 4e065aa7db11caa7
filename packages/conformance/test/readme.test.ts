// Runs every TypeScript block of the READMEs and of docs, unchanged. Blocks that call a backend run against an empty one: each
// generation of the reference API, and each profile of the existing backend.
import { GENERATIONS } from '@ai-ticket-creator/domain'
import { DEFAULT_USER, PROFILES } from '@ai-ticket-creator/reference-api'
import { loadEmptyPglites } from '@ai-ticket-creator/test-postgresql'
import { createTestApi, type TestApi, type TestApiOptions } from '@ai-ticket-creator/test-utils'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { blocksForBackends, DOCUMENTED_BASE_URL, standaloneBlocks } from '../src/documented-blocks.ts'
import { removePrograms, runProgram } from '../src/run-program.ts'

const backends = [
  ...GENERATIONS.map((generation) => ({ name: generation, options: { generation } })),
  ...PROFILES.map((profile) => ({ name: profile, options: { profile } })),
]

// To create a database from nothing takes seconds.
let restorePglite: () => void
beforeAll(async () => {
  restorePglite = await loadEmptyPglites()
})
afterAll(() => restorePglite())

let printed: string[]
beforeEach(() => {
  printed = []
  for (const method of ['log', 'warn', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((...values) => printed.push(values.join(' ')))
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})
afterAll(removePrograms)

test('the pages have blocks of both kinds', () => {
  expect(blocksForBackends.length).toBeGreaterThan(10)
  expect(standaloneBlocks.length).toBeGreaterThan(5)
})

describe.each(backends)('against $name', ({ options }) => {
  test.each(blocksForBackends)('the block at $place runs', async ({ code }) => {
    const api = serve(options)

    const isRefused = code.includes("'@ai-ticket-creator/sdk/current'") && hasOlderTickets(options)
    const error = await runProgram(code).then(
      () => undefined,
      (failure: unknown) => failure,
    )

    const refusal: unknown = expect.objectContaining({ name: 'ResponseMismatchError' })
    expect(error).toEqual(isRefused ? refusal : undefined)
    expect(api.requests.length).toBeGreaterThan(0)
  })

  test.each(['README.md', 'packages/sdk/README.md'])('the first call of %s files a ticket in Jira', async (page) => {
    serve(options)
    const first = blocksForBackends.find(({ place }) => place.startsWith(`${page}:`))

    await runProgram(first?.code ?? '')

    expect(printed).toContain('https://example.atlassian.net/tickets/JIRA-1')
  })
})

/** Whether the client of the current generation refuses the tickets of a backend. */
const hasOlderTickets = ({ generation, profile }: TestApiOptions): boolean =>
  generation === 'legacy' || profile === 'existing-legacy' || profile === 'existing-refactored'

test.each(standaloneBlocks)('the block at $place runs', async ({ code }) => {
  await expect(runProgram(code)).resolves.toBeUndefined()
})

/** An API at the documented address that accepts the documented token. */
function serve(options: TestApiOptions): TestApi {
  const users = [{ ...DEFAULT_USER, token: 'your-token' }]
  const api = createTestApi({ ...options, users, baseUrl: DOCUMENTED_BASE_URL })
  vi.stubGlobal('fetch', api.fetch)
  return api
}
