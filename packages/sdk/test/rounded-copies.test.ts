// A copy of a row's own JSON has lost the text of its long numbers. It must not be written to any row.
import { afterEach, describe, expect, test } from 'vitest'
import { exactNumber, exactText } from '../src/index.ts'
import { connect, connectTo, failureOf } from './backend.ts'

const ACCOUNT = '12345678901234567890'
const draft = { title: 'A', description: 'D' }

async function withStoredAccount() {
  const { client, seen } = connect()
  const { id } = await client.tickets.create({ ...draft, custom_fields: { account: exactNumber(ACCOUNT), n: 5 } })
  const { custom_fields } = await client.tickets.retrieve(id)
  seen.length = 0
  return { client, seen, customFields: custom_fields ?? {} }
}

const isRoundedIssue = {
  name: 'InvalidRequestError',
  issues: [{ loc: ['body', 'custom_fields', 'account'], msg: expect.stringContaining('send the retrieved object') }],
}

describe('custom_fields of one ticket, sent to another one', () => {
  test('keep all digits when the retrieved object is sent', async () => {
    const { client, customFields } = await withStoredAccount()

    const other = await client.tickets.create({ ...draft, custom_fields: customFields })

    expect(exactText(other.custom_fields ?? {}, 'account')).toBe(ACCOUNT)
  })

  test('keep all digits when the retrieved object is changed in place', async () => {
    const { client, customFields } = await withStoredAccount()

    const other = await client.tickets.create({ ...draft, custom_fields: Object.assign(customFields, { n: 6 }) })

    expect([exactText(other.custom_fields ?? {}, 'account'), other.custom_fields?.['n']]).toEqual([ACCOUNT, 6])
  })

  test('keep all digits beside a value that is converted to JSON', async () => {
    const { client, customFields } = await withStoredAccount()
    const due = new Date('2026-01-02T03:04:05Z')

    const other = await client.tickets.create({ ...draft, custom_fields: Object.assign(customFields, { due }) })

    expect(exactText(other.custom_fields ?? {}, 'account')).toBe(ACCOUNT)
    expect(other.custom_fields).toMatchObject({ due: '2026-01-02T03:04:05.000Z' })
  })

  test('are refused as a copy, before anything is sent: create', async () => {
    const { client, seen, customFields } = await withStoredAccount()

    const error = await failureOf(client.tickets.create({ ...draft, custom_fields: { ...customFields, n: 6 } }))

    expect(error).toMatchObject(isRoundedIssue)
    expect(seen).toEqual([])
  })

  test.each(['update', 'replace'] as const)('are refused as a copy, before the write: %s', async (method) => {
    const { client, seen, customFields } = await withStoredAccount()
    const { id } = await client.tickets.create({ ...draft, custom_fields: { other: 1 } })
    seen.length = 0

    const error = await failureOf(
      client.tickets[method](id, { title: 'B', custom_fields: structuredClone(customFields) }),
    )

    expect(error).toMatchObject(isRoundedIssue)
    expect(seen.filter((request) => request.method !== 'GET')).toEqual([])
  })

  test('are accepted as a copy that has all digits again', async () => {
    const { client, customFields } = await withStoredAccount()
    const account = exactNumber(exactText(customFields, 'account') ?? '')

    const other = await client.tickets.create({ ...draft, custom_fields: { ...customFields, account } })

    expect(exactText(other.custom_fields ?? {}, 'account')).toBe(ACCOUNT)
  })

  test('are refused in a request to a path as well', async () => {
    const { client, customFields } = await withStoredAccount()

    const error = await failureOf(client.request({ method: 'POST', path: '/copies', body: { ...customFields } }))

    expect(error).toMatchObject({ issues: [{ loc: ['body', 'account'] }] })
  })
})

test('a long number that no reply has shown is sent as any other', async () => {
  const { client, seen } = connect()

  await client.tickets.create({ ...draft, custom_fields: { nanoseconds: 2 ** 60 + 2 ** 20 } })

  expect(seen.at(-1)?.body).toMatchObject({ custom_fields: { nanoseconds: 2 ** 60 + 2 ** 20 } })
})

test('many other rounded numbers do not let the latest ones pass', async () => {
  const rows = Array.from({ length: 11_000 }, (_, index) => `1234567890${String(index).padStart(5, '0')}67891`)
  const headers = { 'Content-Type': 'application/json' }
  const { client, seen } = connectTo(
    () => new Response(`{"id":"1","custom_fields":{"list":[${rows.join(',')}]}}`, { headers }),
    { validation: 'off' },
  )
  const { custom_fields } = await client.tickets.retrieve('6a0d3ef0-5c7e-4f0b-8f5b-0c5d9a3f1c01')
  const { list } = custom_fields as { list: number[] }
  seen.length = 0

  const error = await failureOf(client.tickets.create({ ...draft, custom_fields: { last: list.at(-1) } }))

  expect(error).toMatchObject({ issues: [{ loc: ['body', 'custom_fields', 'last'] }] })
  expect(seen).toEqual([])
})

describe('exactNumber', () => {
  const { rawJSON } = JSON as { rawJSON?: unknown }
  afterEach(() => {
    Object.assign(JSON, { rawJSON })
  })

  test('takes a bigint', async () => {
    const { client } = connect()

    const ticket = await client.tickets.create({ ...draft, custom_fields: { n: exactNumber(-(2n ** 64n)) } })

    expect(exactText(ticket.custom_fields ?? {}, 'n')).toBe('-18446744073709551616')
  })

  test.each(['', ' 1', '01', '1.', '+1', '0x10', 'NaN', '{}', '"1"'])('refuses %j', (text) => {
    expect(() => exactNumber(text)).toThrow(
      new TypeError('`exactNumber` needs a number in JSON, such as 12345678901234567890'),
    )
  })

  test('says what the runtime lacks', () => {
    Reflect.deleteProperty(JSON, 'rawJSON')

    expect(() => exactNumber('1')).toThrow(new TypeError('`exactNumber` needs a runtime that has `JSON.rawJSON`'))
  })

  test('a plain bigint is refused with that advice', async () => {
    const { client } = connect()

    const error = await failureOf(client.tickets.create({ ...draft, custom_fields: { n: 1n } }))

    expect(error).toMatchObject({
      message: '`custom_fields.n` cannot be sent as JSON: it is a bigint; use `exactNumber`',
    })
  })
})

test('exactText of a short number is its ordinary form, and of other values undefined', () => {
  expect([exactText({ n: 5 }, 'n'), exactText({ n: '5' }, 'n'), exactText({}, 'n')]).toEqual([
    '5',
    undefined,
    undefined,
  ])
})
