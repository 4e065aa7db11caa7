import { afterEach, expect, test } from 'vitest'
import { createMailLogin } from '../src/platforms/mail-login.ts'
import type { SendOptions } from '../src/platforms/send.ts'
import { networks } from '../src/settings/networks.ts'
import { startMailServer as startServer } from './mail-server.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

async function startMailServer(login?: string) {
  const server = await startServer(login)
  stops.push(server.stop)
  return server
}

const allowed = networks.parse('127.0.0.1')
const resolve = async () => [{ address: '127.0.0.1', family: 4 }]
const logIn = (port: number, options: Partial<SendOptions> = {}) =>
  createMailLogin({ allowed, resolve, ...options })({ host: 'mail.test', port, user: 'app', password: 'mail-secret' })

test('an accepted login passes, and nothing else is sent', async () => {
  const { port, received } = await startMailServer('235 accepted')

  expect(await logIn(port)).toEqual({ outcome: 'passed' })
  expect(received.slice(1)).toEqual([`AUTH PLAIN ${Buffer.from('\0app\0mail-secret').toString('base64')}`])
})

test('a refused login is unauthorized, without the text of the server', async () => {
  const { port } = await startMailServer('535 wrong password mail-secret')

  expect(await logIn(port)).toEqual({ outcome: 'unauthorized' })
})

test('a temporary refusal of a login counts as a timeout', async () => {
  const { port } = await startMailServer('454 try again later')

  expect(await logIn(port)).toEqual({ outcome: 'timeout' })
})

test('a server that does not greet is a timeout', async () => {
  const { port } = await startMailServer()

  await expect(logIn(port, { timeout: 50 })).rejects.toThrow(
    /^the platform (?:did not answer within 0\.05 seconds|cannot be reached \(ETIMEDOUT\))$/,
  )
})

test('a port without a server is named by the code of the error', async () => {
  const { port, stop } = await startMailServer()
  stop()

  await expect(logIn(port)).rejects.toThrow(/^the platform cannot be reached \([A-Z]+\)$/)
})

test('a mail server inside the network is refused, and so is a name without an address', async () => {
  const { port, received } = await startMailServer('235 accepted')

  await expect(logIn(port, { allowed: [] })).rejects.toThrow('the address of the platform is not public')
  await expect(logIn(port, { resolve: async () => [] })).rejects.toThrow('the host name of the platform has no address')
  expect(received).toEqual([])
})

test('a host that is an address needs no name in its certificate', async () => {
  const { port } = await startMailServer('235 accepted')
  const account = { host: '127.0.0.1', port, user: 'app', password: 'mail-secret' }

  expect(await createMailLogin({ allowed })(account)).toEqual({ outcome: 'passed' })
})
