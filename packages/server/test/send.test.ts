import { afterAll, afterEach, expect, test } from 'vitest'
import { isPublic, isWithin, parseNetwork } from '../src/platforms/networks.ts'
import { createSend, type SendOptions } from '../src/platforms/send.ts'
import { networks as networksSetting } from '../src/settings/networks.ts'
import { listen, startVendor } from './vendor.ts'

const vendor = await startVendor()
afterAll(vendor.stop)

const stops: (() => Promise<void>)[] = []
afterEach(() => Promise.all(stops.splice(0).map((stop) => stop())))

const loopback = networksSetting.parse('127.0.0.0/8')
const secret = 'a-secret-token'

const send = (url: string, options: Partial<SendOptions> = {}) => {
  vendor.replyWith({ body: 'hello' })
  return createSend({ allowed: [], ...options })({
    method: 'GET',
    url: new URL(url),
    headers: { authorization: `Bearer ${secret}` },
  })
}

const notPublic = 'the address of the platform is not public; PLATFORM_NETWORKS does not allow it'

test.each([
  'localhost',
  '127.0.0.1',
  '2130706433',
  '0x7f.1',
  '0',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.0.1',
  '169.254.169.254',
  '100.64.0.1',
  '192.0.0.8',
  '192.0.2.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '[::]',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:a9fe:a9fe]',
  '[::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b:1::1]',
  '[2002:7f00:1::]',
  '[2001::1]',
  '[fc00::1]',
  '[fe80::1]',
  '[ff02::1]',
  '[2001:db8::1]',
  '[100::1]',
  '[4000::1]',
  '[1::1]',
])('%s is refused without a connection', async (host) => {
  await expect(send(`http://${host}:${vendor.port}/`)).rejects.toThrow(notPublic)
  await expect(send(`https://${host}/`)).rejects.toThrow(notPublic)
  expect(vendor.received).toEqual([])
})

test('a name is refused when one of its addresses is not public', async () => {
  const resolve = async () => [
    { address: '192.0.31.8', family: 4 },
    { address: '127.0.0.1', family: 4 },
  ]

  await expect(send('https://example.test/', { resolve })).rejects.toThrow(notPublic)
})

test.each(['192.0.31.8', '2606:4700::1111'])('%s is public', (address) => {
  expect(isPublic(address)).toBe(true)
})

test('what is not an address is not public', () => {
  expect([isPublic('127.1'), isPublic('localhost'), isWithin('localhost', loopback)]).toEqual([false, false, false])
})

test('a public address is called over HTTPS only', async () => {
  const resolve = async () => [{ address: '192.0.31.8', family: 4 }]

  await expect(send('http://example.test/', { resolve })).rejects.toThrow('the platform is called over HTTPS only')
})

test('a name without an address is not called', async () => {
  await expect(send('http://example.test/', { resolve: async () => [] })).rejects.toThrow(
    'the host name of the platform has no address',
  )
})

test('the address that was checked is the one that is called, also when the name changes its address', async () => {
  let lookups = 0
  const resolve = async () => [{ address: lookups++ === 0 ? '127.0.0.1' : '10.0.0.1', family: 4 }]

  const reply = await send(`http://rebinding.test:${vendor.port}/path`, { allowed: loopback, resolve })

  expect(reply).toMatchObject({ status: 200, body: 'hello' })
  expect(lookups).toBe(1)
  expect(vendor.received).toMatchObject([{ path: '/path', headers: { host: `rebinding.test:${vendor.port}` } }])
})

test('an allowed network is matched with its kind of address', () => {
  const allowed = networksSetting.parse('10.1.0.0/16, fd00::/8, 192.0.2.7')

  const within = ['10.1.2.3', '::ffff:10.1.2.3', 'fd12::1', '192.0.2.7'].map((address) => isWithin(address, allowed))
  const outside = ['10.2.0.1', 'fe80::1', '192.0.2.8'].map((address) => isWithin(address, allowed))

  expect(within).toEqual([true, true, true, true])
  expect(outside).toEqual([false, false, false])
})

test('a single IPv6 address is a network', () => {
  expect(isWithin('fd00::2', networksSetting.parse('fd00::1'))).toBe(false)
  expect(isWithin('fd00::1', networksSetting.parse('fd00::1'))).toBe(true)
})

test.each(['10.0.0.0/33', 'localhost', '10.1', '', '10.0.0.1,'])('%j is no list of networks', (text) => {
  expect(networksSetting.safeParse(text).success).toBe(false)
  expect(parseNetwork('10.0.0.0/33')).toBeUndefined()
})

test('a redirect is not followed', async () => {
  vendor.replyWith({ status: 302, headers: { location: 'https://example.test/' } })

  const reply = await createSend({ allowed: loopback })({
    method: 'GET',
    url: new URL(`http://127.0.0.1:${vendor.port}/`),
    headers: {},
  })

  expect(reply.status).toBe(302)
  expect(vendor.received).toHaveLength(1)
})

test('a reply of 64 KiB is read, a longer one is not', async () => {
  const url = new URL(`http://127.0.0.1:${vendor.port}/`)
  const post = createSend({ allowed: loopback })
  const limit = 64 * 1024

  vendor.replyWith({ body: 'x'.repeat(limit) })
  const reply = await post({ method: 'POST', url, headers: {}, body: 'b' })
  vendor.replyWith({ body: 'x'.repeat(limit + 1) })

  expect(reply.body).toHaveLength(limit)
  await expect(post({ method: 'POST', url, headers: {} })).rejects.toThrow('the reply of the platform is too long')
})

test('the time limit includes the look-up of the name and the body', async () => {
  const slow = await listen((_request, response) => void response.write('{'))
  stops.push(slow.stop)
  const late = 'the platform did not answer within 0.05 seconds'

  await expect(send('https://example.test/', { timeout: 50, resolve: () => new Promise(() => {}) })).rejects.toThrow(
    late,
  )
  await expect(send(`http://127.0.0.1:${slow.port}/`, { timeout: 50, allowed: loopback })).rejects.toThrow(late)
})

test('a failed connection is named by its code, without the credentials', async () => {
  const closed = await listen(() => {})
  await closed.stop()
  const resetting = await listen((request) => request.socket.destroy())
  stops.push(resetting.stop)
  const at = (port: number) => send(`http://127.0.0.1:${port}/`, { allowed: loopback })

  await expect(at(closed.port)).rejects.toThrow(/^the platform cannot be reached \(ECONNREFUSED\)$/)
  await expect(at(resetting.port)).rejects.toThrow(/^the platform cannot be reached \(ECONNRESET\)$/)
})

test('a credential that is not valid in a header is not quoted', async () => {
  const sending = createSend({ allowed: loopback })({
    method: 'GET',
    url: new URL(`http://127.0.0.1:${vendor.port}/`),
    headers: { authorization: `Bearer ${secret}\r\nX-Other: 1` },
  })

  await expect(sending).rejects.toThrow(/^the platform cannot be reached \(ERR_INVALID_CHAR\)$/)
})

test('an error without a code has no code in its message', async () => {
  const resolve = () => Promise.reject(new Error('of a resolver'))

  await expect(send('https://example.test/', { resolve })).rejects.toThrow(/^the platform cannot be reached$/)
})
