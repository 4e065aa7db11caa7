import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { afterAll, expect, test } from 'vitest'
import { freePort } from '../../packages/test-postgresql/src/process.ts'
import { createOutside } from './outside.ts'

// Runs the first commands in the README of the server unchanged, except for the port, with the packed tarballs and npx.

const outside = await createOutside()
afterAll(() => outside[Symbol.dispose]())

const readme = readFileSync('packages/server/README.md', 'utf8')
const [commands = '', request = ''] = [...readme.matchAll(/```sh\n(.*?)```/gs)].map(([, text = '']) => text)
const [createToken = '', start = ''] = commands.trim().split('\n')

test('a new user gets a token, a running server, a first integration and the API reference', async () => {
  const PORT = String(await freePort())
  const created = await outside.run('bash', ['-c', createToken])
  const server = spawn('bash', ['-c', `exec ${start}`], { cwd: outside.folder, env: { ...outside.env, PORT } })
  const pid = await pidOfListeningServer(server)

  const curl = request.replace('8080', PORT).replace('curl', 'curl --silent')
  const reply = await outside.run('bash', ['-c', curl], { TOKEN: created.output.trim() })
  const reference = await (await fetch(`http://127.0.0.1:${PORT}/docs/scalar.js`)).text()
  process.kill(pid, 'SIGTERM')
  const [exitCode] = await once(server, 'exit')

  expect(created).toEqual({ code: 0, output: expect.stringMatching(/^aitc_[\w-]{43}\n$/) })
  expect(JSON.parse(reply.output)).toMatchObject({ name: 'Jira', platform_name: 'jira', status: 'active' })
  expect(reference).toContain('createApiReference')
  expect(exitCode).toBe(0)
})

/** npx starts the server as another process, so the process id is read from the log. */
async function pidOfListeningServer(npx: ChildProcess): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  let errors = ''
  npx.stderr?.on('data', (chunk) => (errors += String(chunk)))
  createInterface({ input: npx.stdout ?? process.stdin }).on('line', (line) => {
    const { msg, pid } = JSON.parse(line) as { readonly msg: string; readonly pid: number }
    if (msg === 'listening') resolve(pid)
  })
  npx.once('exit', () => reject(new Error(`the server ended before it listened: ${errors}`)))
  return promise
}
