// Every TypeScript block of the READMEs and of docs runs as it is printed. Those that call a backend run against an empty one:
// each generation of the reference API, and each profile of the existing backend.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { GENERATIONS } from '@ai-ticket-creator/domain'
import { DEFAULT_USER, PROFILES } from '@ai-ticket-creator/reference-api'
import { createTestApi, type TestApi, type TestApiOptions } from '@ai-ticket-creator/test-utils'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { blocksAlone, blocksForBackends, DOCUMENTED_BASE_URL } from '../src/documented-blocks.ts'

const backends = [
  ...GENERATIONS.map((generation) => ({ name: generation, options: { generation } })),
  ...PROFILES.map((profile) => ({ name: profile, options: { profile } })),
]

// Inside the package, so that the names of the published packages resolve.
const folder = join(import.meta.dirname, '..', '.tmp', `readme-${process.pid}`)
mkdirSync(folder, { recursive: true })
afterAll(() => rmSync(folder, { recursive: true }))

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

test('the pages have blocks of both kinds', () => {
  expect(blocksForBackends.length).toBeGreaterThan(10)
  expect(blocksAlone.length).toBeGreaterThan(5)
})

describe.each(backends)('against $name', ({ options }) => {
  test.each(blocksForBackends)('the block at $place runs', async ({ code }) => {
    const api = serve(options)

    await run(code)

    expect(api.requests.length).toBeGreaterThan(0)
  })

  test.each(['README.md', 'packages/sdk/README.md'])('the first call of %s files a ticket in Jira', async (page) => {
    serve(options)
    const first = blocksForBackends.find(({ place }) => place.startsWith(`${page}:`))

    await run(first?.code ?? '')

    expect(printed).toContain('https://example.atlassian.net/tickets/JIRA-1')
  })
})

test.each(blocksAlone)('the block at $place runs', async ({ code }) => {
  await expect(run(code)).resolves.toBeUndefined()
})

/** An API at the documented address that accepts the documented token. */
function serve(options: TestApiOptions): TestApi {
  const users = [{ ...DEFAULT_USER, token: 'your-token' }]
  const api = createTestApi({ ...options, users, baseUrl: DOCUMENTED_BASE_URL })
  vi.stubGlobal('fetch', api.fetch)
  return api
}

let files = 0

/** Runs a block as a module. Each run has a file of its own, because a module is executed only once. */
async function run(code: string): Promise<void> {
  files += 1
  const file = join(folder, `block-${files}.ts`)
  writeFileSync(file, code)
  await import(file)
}
