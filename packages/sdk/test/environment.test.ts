import { afterEach, expect, test, vi } from 'vitest'
import { createClient } from '../src/index.ts'
import { failureOf } from './backend.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

function setEnvironment(variables: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
}
const both = { AI_TICKET_CREATOR_BASE_URL: 'https://env.example.test', AI_TICKET_CREATOR_TOKEN: 'env-token' }

function recorded(options: object) {
  const requests: Request[] = []
  const fetch = async (request: Request) => {
    requests.push(request)
    return Response.json({ id: '1' })
  }
  const client = createClient({ generation: 'current', fetch, ...options })
  return { client, requests }
}

test('address and token come from the environment', async () => {
  setEnvironment(both)
  const { client, requests } = recorded({})

  await client.tickets.retrieve('1')

  expect(requests.map(({ url, headers }) => [url, headers.get('Authorization')])).toEqual([
    ['https://env.example.test/api/v1/tickets/1', 'Bearer env-token'],
  ])
})

test('a token that is given is used with the address of the environment', async () => {
  setEnvironment(both)
  const { client, requests } = recorded({ token: 'own' })

  await client.tickets.retrieve('1')

  expect(requests[0]?.headers.get('Authorization')).toBe('Bearer own')
})

test('the token of the environment is not sent to another address', () => {
  setEnvironment(both)

  expect(() => createClient({ baseUrl: 'https://own.example.test' })).toThrow(
    new TypeError(
      '`token` is missing: give it, or set AI_TICKET_CREATOR_TOKEN together with AI_TICKET_CREATOR_BASE_URL',
    ),
  )
})

test('a key that is undefined is not replaced by the environment', () => {
  setEnvironment(both)

  expect(() => createClient({ baseUrl: undefined as never })).toThrow('`baseUrl` is undefined')
  expect(() => createClient({ token: undefined as never })).toThrow('`token` is undefined')
})

test('without the variables the message names them', () => {
  vi.stubEnv('AI_TICKET_CREATOR_BASE_URL', undefined)

  expect(() => createClient({ token: 't' })).toThrow(
    new TypeError('`baseUrl` is missing: give it, or set AI_TICKET_CREATOR_BASE_URL'),
  )
})

test.each([
  [{ AI_TICKET_CREATOR_BASE_URL: '' }, '`AI_TICKET_CREATOR_BASE_URL` must be a complete address'],
  [{ AI_TICKET_CREATOR_BASE_URL: 'ftp://a.example.test' }, '`AI_TICKET_CREATOR_BASE_URL` must start with https://'],
  [
    { AI_TICKET_CREATOR_BASE_URL: 'https://a:s3cret@a.example.test' },
    '`AI_TICKET_CREATOR_BASE_URL` must not contain credentials; pass them as `token`',
  ],
  [{ ...both, AI_TICKET_CREATOR_TOKEN: '' }, '`AI_TICKET_CREATOR_TOKEN` must be a string'],
  [{ ...both, AI_TICKET_CREATOR_TOKEN: 's3cret\n' }, '`AI_TICKET_CREATOR_TOKEN` must be a string'],
])('a variable with a wrong value is named: %o', (variables, message) => {
  setEnvironment(variables)

  expect(() => createClient()).toThrow(message)
})

test.each([
  ['has no process', undefined],
  ['has a process without an environment', {}],
  [
    'does not let the program read it',
    {
      get env() {
        throw new Error('NotCapable: Requires env access')
      },
    },
  ],
])('a runtime that %s has no defaults', (_, process) => {
  vi.stubGlobal('process', process)
  const create = () => createClient({ token: 't' })

  expect(create).toThrow('`baseUrl` is missing')
})

test('the environment is not read when the address is given', async () => {
  const { client } = recorded({ baseUrl: 'https://own.example.test', token: 't' })
  vi.stubGlobal('process', {
    get env() {
      throw new Error('read')
    },
  })

  expect(await failureOf(client.tickets.retrieve('1').then(() => Promise.reject(new Error('fine'))))).toHaveProperty(
    'message',
    'fine',
  )
})

test('a runtime without URL is named, instead of the address', () => {
  vi.stubGlobal('URL', undefined)

  expect(() => createClient({ baseUrl: 'https://own.example.test', token: 't' })).toThrow(
    new TypeError('createClient needs `URL`, which this runtime lacks: install a polyfill'),
  )
})
