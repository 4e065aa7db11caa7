import { expect, test } from 'vitest'
import { type Client, createClient, isTicketCreatorError } from '../src/index.ts'
import { connect, connectTo, failureOf } from './backend.ts'

test('an error reply with 100 000 issues makes a short message and a hundred issues', async () => {
  const detail = Array.from({ length: 100_000 }, (_, n) => ({
    type: 'missing',
    loc: ['body', `field_${n}`],
    msg: 'x'.repeat(40),
  }))
  const { client } = connectTo(() => Response.json({ detail }, { status: 422 }))

  const error = (await failureOf(client.tickets.create({ title: 'T', description: 'D' }))) as Error & {
    issues: object[]
  }

  expect(error.issues).toHaveLength(100)
  expect(error.message).toMatch(/; and 99990 more$/)
  expect(error.message.length).toBeLessThan(10_000)
})

test('an error reply with 100 000 candidates has a hundred of them', async () => {
  const candidates = Array.from({ length: 100_000 }, (_, n) => ({ id: String(n), name: 'A' }))
  const body = { detail: 'no', code: 'ambiguous_integration_name', candidates }
  const { client } = connectTo(() => Response.json(body, { status: 409 }))

  const error = (await failureOf(client.tickets.create({ title: 'T', description: 'D' }))) as { candidates?: object[] }

  expect(error.candidates).toHaveLength(100)
})

test('input with 100 000 unknown fields is refused by one issue', async () => {
  const { client, seen } = connect()
  const unknown = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`field_${n}`, 1]))

  const error = (await failureOf(client.tickets.create({ title: 'T', description: 'D', ...unknown }))) as Error

  expect(error).toMatchObject({
    name: 'InvalidRequestError',
    message: 'the input has 100002 fields; no endpoint has that many',
  })
  expect(seen).toEqual([])
})

test('of 1000 fields, the first hundred unknown ones are issues, and the message shows ten', async () => {
  const { client } = connect()
  const unknown = Object.fromEntries(Array.from({ length: 998 }, (_, n) => [`field_${n}`, 1]))

  const error = await failureOf(client.tickets.create({ title: 'T', description: 'D', ...unknown }))

  expect(error).toMatchObject({
    name: 'InvalidRequestError',
    message: expect.stringMatching(/^`field_0` .*`field_9` is not a field; and 90 more$/),
    issues: Array.from({ length: 100 }, () => expect.anything()),
  })
})

const nested = (depth: number): unknown => {
  let value: unknown = 's3cr3t-value'
  for (let n = 0; n < depth; n += 1) value = n % 2 === 0 ? { inner: value } : [value]
  return value
}

test.each<[string, (client: Client, deep: never) => Promise<unknown>]>([
  [
    'custom_fields of a create',
    (client, deep) => client.tickets.create({ title: 'T', description: 'D', custom_fields: deep }),
  ],
  ['custom_fields of an update', (client, deep) => client.tickets.update('1', { custom_fields: deep })],
  [
    'routing_rules',
    (client, deep) => client.integrations.create({ name: 'A', platform_name: 'jira', routing_rules: deep }),
  ],
  [
    'credentials',
    (client, deep) => client.integrations.create({ name: 'A', platform_name: 'jira', credentials: deep }),
  ],
  [
    'conversation_context',
    (client, deep) => client.tickets.createWithAi({ user_input: 'T', conversation_context: deep }),
  ],
  ['a filter', async (client, deep) => client.tickets.list({ q: deep })],
  ['the body of a path', (client, deep) => client.request({ method: 'POST', path: '/reports', body: deep })],
])('%s nested 100 000 deep is refused by an error of the SDK', async (_name, call) => {
  const { client } = connect()

  const error = await failureOf(call(client, nested(100_000) as never))

  expect(error).toSatisfy(isTicketCreatorError)
  expect((error as Error).message).not.toContain('s3cr3t')
})

const nothing = null as never
test.each<[string, (client: Client) => Promise<unknown>]>([
  ['retrieve', (client) => client.tickets.retrieve('1', nothing)],
  ['create', (client) => client.tickets.create({ title: 'T', description: 'D' }, nothing)],
  ['list', async (client) => client.tickets.list({}, nothing)],
  ['listActive', (client) => client.integrations.listActive({}, nothing)],
  ['enable', async (client) => client.integrations.enable('1', nothing)],
  ['disable', async (client) => client.integrations.disable('1', nothing)],
  ['setStatus', async (client) => client.tickets.setStatus('1', 'closed', nothing)],
  ['assign', async (client) => client.tickets.assign('1', null, nothing)],
  ['request', (client) => client.request('tickets.stats', {}, nothing)],
  ['diagnose', (client) => client.diagnose(nothing)],
])('null as the options of %s is refused', async (_name, call) => {
  const { client, seen } = connect()

  expect(await failureOf(call(client))).toMatchObject({
    name: 'InvalidRequestError',
    message: 'the options must be an object; leave them out for the defaults',
  })
  expect(seen).toEqual([])
})

test.each<[string, (client: Client) => Promise<unknown>]>([
  ['create', (client) => client.tickets.create(nothing)],
  ['update', (client) => client.tickets.update('1', nothing)],
  ['test', (client) => client.integrations.test('1', nothing)],
  ['attachments.add', (client) => client.tickets.attachments.add('1', nothing)],
  ['list of tickets', async (client) => client.tickets.list(nothing)],
  ['list of integrations', async (client) => client.integrations.list(nothing)],
  ['listActive', (client) => client.integrations.listActive(nothing)],
  ['request', (client) => client.request(nothing)],
  ['request of an endpoint', (client) => client.request('tickets.stats', nothing)],
  ['findByName', (client) => client.integrations.findByName(nothing)],
])('null as the input of %s is refused', async (_name, call) => {
  const { client } = connect()

  expect(await failureOf(call(client))).toMatchObject({ name: 'InvalidRequestError' })
})

test.each([null, 'https://tickets.example.test'])('createClient(%j) names what is missing', (options) => {
  expect(() => createClient(options as never)).toThrow(new TypeError('createClient needs an object of options'))
})

test('withOptions(null) names what is missing', () => {
  expect(() => connect().client.withOptions(nothing)).toThrow(new TypeError('withOptions needs an object of options'))
})
