import { expect, test } from 'vitest'
import { createTestApi, type Fetch } from '../../src/index.ts'
import { verifyContract } from '../../src/verify.ts'
import { problemsIn } from './problems.ts'

const FILES = ['b1111111-0000-4000-8000-00000000000a', 'B2222222-0000-4000-8000-00000000000B'] as const
const REASON = 'the backend may check that files exist; name two that do with --file-id (`fileIds`)'

/** Runs the cases about tickets against a backend that refuses files other than two. */
async function verifyWithFiles(fileIds?: readonly [string, string]) {
  const api = createTestApi()
  const known = FILES.map((id) => id.toLowerCase())
  const checking: Fetch = async (input, init = {}) => {
    const { body } = init
    const sent = typeof body === 'string' ? body.matchAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi) : []
    const files = [...sent].map(([id]) => id.toLowerCase()).filter((id) => /^[ab][012]{7}-/.test(id))
    if (files.every((id) => known.includes(id))) return await api.fetch(input, init)
    const detail = [
      {
        type: 'value_error',
        loc: ['body', 'attachments', 0, 'file_id'],
        msg: 'no such file',
        code: 'validation_failed',
      },
    ]
    return Response.json({ detail, code: 'validation_failed' }, { status: 422 })
  }
  const options = { baseUrl: api.baseUrl, token: api.token, mode: 'full', seed: 1, fetch: checking } as const
  return await verifyContract({ ...options, fileIds, filter: ['tickets.'] })
}

test('with two files that exist, a backend that checks files passes', { timeout: 60_000 }, async () => {
  const report = await verifyWithFiles(FILES)

  expect(problemsIn(report)).toEqual([])
  expect(report.outcome).toBe('passed')
})

test('with made-up files, the cases that need files are inconclusive and name the option', {
  timeout: 60_000,
}, async () => {
  const report = await verifyWithFiles()

  const problems = problemsIn(report)
  expect(problems.filter(({ outcome }) => outcome === 'failed')).toEqual([])
  expect(report.outcome).toBe('inconclusive')
  expect(problems.length).toBeGreaterThan(20)
  expect(problems.filter(({ reason }) => !reason?.endsWith(REASON))).toEqual([])
})

test.each([
  ['one file', ['b1111111-0000-4000-8000-00000000000a']],
  ['the same file twice', [FILES[0], FILES[0].toUpperCase()]],
  ['no UUID', [FILES[0], 'a-file']],
])('%s is refused', async (_, fileIds) => {
  const api = createTestApi()
  // As from a JavaScript file, which no compiler checks.
  const invalid = fileIds as unknown as readonly [string, string]

  const verifying = verifyContract({ baseUrl: api.baseUrl, token: api.token, fetch: api.fetch, fileIds: invalid })

  await expect(verifying).rejects.toThrow('`fileIds` must be two different UUIDs')
})
