import { expect, test } from 'vitest'
import { createTestApi } from '../../src/index.ts'
import { verifyContract } from '../../src/verify.ts'
import { run } from './run.ts'

const CANARY = 'canary-5e1f0c7a92'

test.each([
  ['', 'it is empty: is the variable set that it comes from?'],
  ['tickets.example.test', 'it does not begin with https:// or http://'],
  ['localhost:4010', 'it does not begin with https:// or http://'],
  [`https://me:${CANARY}@tickets.example.test`, 'it has a user in it: the token comes another way'],
  [`https://tickets.example.test/?token=${CANARY}`, 'it has a query or a fragment'],
  [`https://tickets.example.test/${CANARY}`, 'it has another path'],
])('what is wrong with the base URL “%s” is said without it', async (url, reason) => {
  const { code, stdout, stderr } = await run(['--base-url', url])

  expect(code).toBe(2)
  expect(stderr).toContain(`only /api/v1 may follow (${reason})`)
  expect(stdout + stderr).not.toContain(CANARY)
})

test('one case that is not there is not passed over for one that is', async () => {
  const only = ['--filter', 'requests/slash', '--filter', 'request/slash', '--filter', 'lost']

  const { code, stdout, stderr } = await run(['--base-url', 'https://tickets.example.test', ...only])

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('none fits --filter request/slash, lost; docs/contract-cases.md has every id')
})

test('cases that are there, and are not for this mode, are told apart from a slip of the pen', async () => {
  const { baseUrl, fetch } = createTestApi()

  const { code, stdout } = await run(['--base-url', baseUrl, '--filter', 'tickets.create/least'], {
    tries: (options) => verifyContract({ ...options, fetch }),
  })

  expect(code).toBe(2)
  expect(stdout).toContain('no case was tried: --filter tickets.create/least has none for this mode and generation')
})

test('who is not let in is told to look at the token, and the token is not told', async () => {
  const { baseUrl, fetch } = createTestApi()

  const { code, stdout } = await run(['--base-url', baseUrl], {
    env: { AI_TICKET_CREATOR_TOKEN: CANARY },
    tries: (options) => verifyContract({ ...options, fetch }),
  })

  expect(code).toBe(2)
  expect(stdout).toContain('401 `unauthenticated`; the token is not let in there, so look whether it is the right one')
  expect(stdout).not.toContain(CANARY)
})

test.each([[['--help']], [['usage', '--help']]])('the help of %s has no default that says nothing', async (args) => {
  const { stdout } = await run(args)

  expect(stdout).toContain('--format')
  expect(stdout).not.toMatch(/default: (?:false|\[\])/)
})
