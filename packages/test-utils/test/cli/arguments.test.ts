import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { contractCases } from '../../src/verify.ts'
import { SECRET } from './mock-backend.ts'
import { runCli } from './run-cli.ts'

test.each<[string, string[], RegExp]>([
  ['an unknown option', [`--tokn=${SECRET}`], /unknown option '--tokn'/],
  [
    'an unknown mode',
    ['--mode', SECRET],
    /'--mode <mode>' has a value that is not allowed. Allowed choices are read-only, full, strict/,
  ],
  ['an extra argument', [SECRET], /an argument that belongs to no option/],
  ['an unknown format', ['--format', `xml=${SECRET}`], /Allowed are pretty, json, junit, sarif, github, markdown/],
  ['a format with an empty file name', ['--format', 'junit='], /append =file/],
  ['two formats for one place', ['--format', 'junit', '--format', 'json'], /cannot go to the same place/],
  ['an empty category', ['--category', ' '], /'--category <name>' has a value.* is the variable set\?/],
  ['a seed that is not a number', ['--seed', 'x'], /from 0 to 4294967295/],
  ['a seed that is too large', ['--seed', '4294967296'], /from 0 to 4294967295/],
  ['a time limit of 0', ['--timeout', '0'], /from 1 to 99999/],
  ['a time limit that is not a number', ['--timeout', 'soon'], /from 1 to 99999/],
  ['a folder as the baseline', ['--baseline', tmpdir()], /cannot be read \(EISDIR\)/],
  ['--update-baseline without --baseline', ['--update-baseline'], /needs --baseline/],
  ['a missing baseline', ['--baseline', 'lost.json'], /there is no file lost.json; --update-baseline creates it/],
  ['--step-summary outside of GitHub Actions', ['--step-summary'], /needs GITHUB_STEP_SUMMARY/],
  [
    'a filter that matches no case, beside one that does',
    ['--filter', 'requests/slash', '--filter', 'request/slash', '--filter', 'lost'],
    /no id starts with request\/slash, lost \(--filter\); --list prints all ids/,
  ],
])('%s ends with 2, is named, and no value is repeated', async (_, args, message) => {
  const { code, stdout, stderr } = await runCli(['--base-url', 'https://tickets.example.test', ...args])

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(message)
  expect(stderr).not.toContain(SECRET)
})

test.each([
  ['', 'The value is empty: is the variable set?'],
  ['tickets.example.test', 'The value does not start with https:// or http://.'],
  ['localhost:4010', 'The value does not start with https:// or http://.'],
  [SECRET, 'The value does not start with https:// or http://.'],
  [`https://me:${SECRET}@tickets.example.test`, 'The value contains a user; the token is given separately.'],
  [`https://tickets.example.test/?token=${SECRET}`, 'The value has a query or a fragment.'],
  [`https://tickets.example.test/#${SECRET}`, 'The value has a query or a fragment.'],
])('the message about the base URL “%s” names the mistake and does not repeat it', async (url, reason) => {
  const { code, stdout, stderr } = await runCli(['--base-url', url])

  expect(code).toBe(2)
  expect(stderr).toContain(`/api/v1 is added to it. ${reason}`)
  expect(stdout + stderr).not.toContain(SECRET)
})

test('without an address, an unknown option is named, and otherwise the missing address', async () => {
  const unknown = await runCli(['--lst'])
  const missing = await runCli([])

  expect([unknown.code, missing.code]).toEqual([2, 2])
  expect(unknown.stderr).toContain("unknown option '--lst'")
  expect(missing.stderr).toContain('--base-url is missing')
})

test('--list prints the ids and titles of the cases, without an address or a token', async () => {
  const env = { AI_TICKET_CREATOR_TOKEN: '' }
  const all = await runCli(['--list'], { env })
  const some = await runCli(['--list', '--filter', 'requests/slash', '--filter', 'replies/json'], { env })
  const none = await runCli(['--list', '--filter', 'lost'], { env })

  expect(all.code).toBe(0)
  expect(all.stdout.split('\n').length).toBe(contractCases.length + 1)
  expect(some.stdout).toBe(
    'requests/slash  A path with a wrong trailing slash is redirected, and the query is kept\n' +
      'replies/json    A reply has a JSON body with its content type, or no body\n',
  )
  expect(none).toMatchObject({ code: 2, stdout: '' })
  expect(none.stderr).toContain('no id starts with lost (--filter)')
})

const [oneFile, otherFile] = ['b1111111-0000-4000-8000-00000000000a', 'b1111111-0000-4000-8000-00000000000b'] as const
test.each([
  [[oneFile]],
  [['a-file', oneFile]],
  [[oneFile, 'a-file']],
  [[oneFile, oneFile]],
  [[oneFile, otherFile, oneFile]],
])('the files %j are refused: two are needed', async (ids) => {
  const args = ids.flatMap((id) => ['--file-id', id])
  const { code, stderr } = await runCli(['--base-url', 'https://tickets.example.test', ...args])

  expect(code).toBe(2)
  expect(stderr).toContain('--file-id must be given twice, with the UUIDs of two files')
})

test('help and version are printed', async () => {
  const help = await runCli(['--help'])
  const version = await runCli(['--version'])

  expect([help.code, version.code]).toEqual([0, 0])
  expect(help.stdout).toContain('Exit codes: 0 passed; 1 failed; 2 inconclusive')
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test.each([[['--help']], [['check-usage', '--help']]])('the help of %s shows no meaningless default', async (args) => {
  const { stdout } = await runCli(args)

  expect(stdout).toContain('--format')
  expect(stdout).not.toMatch(/default: (?:false|\[\])/)
})
