import { expect, test } from 'vitest'
import { hideTokensOf } from '../../src/cli/tokens.ts'
import { createTestApi } from '../../src/index.ts'
import { verifyContract } from '../../src/verify.ts'
import { aBackend, RETRIEVE, SECRET } from './mock-backend.ts'
import { runCli } from './run-cli.ts'
import { useTempFolder } from './temp-folder.ts'

const folder = useTempFolder()

test.each<[string, string[], NodeJS.ProcessEnv, RegExp]>([
  ['no token', [], { AI_TICKET_CREATOR_TOKEN: '' }, /^inconclusive: there is no token; set AI_TICKET_CREATOR_TOKEN/],
  ['an empty pipe', ['--token-stdin'], {}, /there is no token/],
  [
    'a token that a header cannot contain',
    [],
    { AI_TICKET_CREATOR_TOKEN: `${SECRET}\u00e9` },
    /character that a header cannot contain/,
  ],
  ['a token after =', [`--token=${SECRET}`], {}, /an argument looks like a token/],
  ['a token after an option', ['--token', SECRET], {}, /an argument looks like a token/],
  ['the token of the environment', ['--filter', SECRET], { AI_TICKET_CREATOR_TOKEN: SECRET }, /looks like a token/],
  ['a JSON web token', [`eyJhbGciOiJI.${SECRET}`], {}, /an argument looks like a token/],
])('%s is refused and not repeated', async (_, args, env, message) => {
  const { code, stdout, stderr } = await runCli(['--base-url', 'https://tickets.example.test', ...args], { env })

  expect(code).toBe(2)
  expect(stderr).toMatch(message)
  expect(stderr + stdout).not.toContain(SECRET)
})

test('the token can be read from a pipe', async () => {
  const env = { AI_TICKET_CREATOR_TOKEN: '' }

  const { code } = await aBackend().run(['--token-stdin', '--filter', RETRIEVE], { env, stdin: 'test-token\n' })

  expect(code).toBe(0)
})

test('a terminal is not accepted as the pipe of --token-stdin', async () => {
  const { code, stderr } = await aBackend().run(['--token-stdin'], { isTTY: true })

  expect(code).toBe(2)
  expect(stderr).toContain('--token-stdin reads a pipe')
})

test('an unauthorized token is inconclusive, and the report does not contain it', async () => {
  const { code, stdout } = await aBackend().run([], { env: { AI_TICKET_CREATOR_TOKEN: SECRET } })

  expect(code).toBe(2)
  expect(stdout).toContain('401 `unauthenticated`')
  expect(stdout).not.toContain(SECRET)
})

test('a token that a server echoes is in no report', async () => {
  const names = ['json', 'junit', 'sarif', 'github', 'markdown']
  const formats = names.flatMap((name) => ['--format', `${name}=${folder.path(name)}`])

  const { code, stdout } = await runCli(['--base-url', 'https://tickets.example.test', ...formats], {
    env: { AI_TICKET_CREATOR_TOKEN: SECRET },
    verifier: (options) =>
      verifyContract({
        ...options,
        fetch: async (input, init) =>
          new Response(`<html>${new Request(input, init).headers.get('Authorization')}`, {
            headers: { 'Content-Type': 'text/html' },
          }),
      }),
  })

  expect(code).toBe(2)
  for (const text of [stdout, ...names.map(folder.read)]) {
    expect(text).toContain('returned 200')
    expect(text).not.toContain(SECRET)
  }
})

test.each<[string, (token: string) => string]>([
  ['base64', (token) => Buffer.from(token).toString('base64')],
  ['Basic authentication', (token) => Buffer.from(`bot:${token}`).toString('base64')],
  ['hexadecimal', (token) => Buffer.from(token).toString('hex')],
  ['URL encoding', (token) => [...token].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('')],
])('a token in %s is in no report', async (_, encode) => {
  const encoded = encode(SECRET)
  const { baseUrl, fetch } = createTestApi()
  const report = ['--format', `json=${folder.path('report.json')}`]

  const { stdout } = await runCli(['--base-url', baseUrl, '--filter', RETRIEVE, ...report], {
    env: { AI_TICKET_CREATOR_TOKEN: SECRET },
    verifier: async (options) => ({
      ...(await verifyContract({ ...options, token: 'test-token', fetch })),
      reason: `echo ${encoded}`,
    }),
  })

  expect(stdout).toContain('echo ')
  expect(stdout + folder.read('report.json')).not.toContain(encoded)
})

test('the token of another tenant is passed on, and is in no output', async () => {
  const { baseUrl, fetch } = createTestApi()

  const { code, stdout, stderr } = await runCli(['--base-url', baseUrl, '--filter', RETRIEVE], {
    env: { AI_TICKET_CREATOR_OTHER_TENANT_TOKEN: SECRET },
    verifier: async (options) => ({
      ...(await verifyContract({ ...options, fetch })),
      reason: `other: ${options.otherTenantToken}`,
    }),
  })

  expect(code).toBe(2)
  expect(stdout).toContain('other: [redacted]')
  expect(stdout + stderr).not.toContain(SECRET)
})

test('the tokens of an environment are removed from a text, and without them it stays as it is', () => {
  const env = { AI_TICKET_CREATOR_TOKEN: SECRET }

  expect(hideTokensOf(env, `refused: ${SECRET}`)).not.toContain(SECRET)
  expect(hideTokensOf({}, 'refused: nothing')).toBe('refused: nothing')
})
