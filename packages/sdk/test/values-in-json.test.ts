// What a body may contain, and what is compared with the reply.
import { describe, expect, test } from 'vitest'
import { connect, failureOf } from './backend.ts'

const bug = { title: 'Bug', description: 'It breaks' }

describe('custom_fields', () => {
  test('with a Date are written and compared as JSON', async () => {
    const { client } = connect()
    const due = new Date('2026-01-01T00:00:00Z')

    const created = await client.tickets.create({ ...bug, custom_fields: { due, nested: [{ due }] } })
    const updated = await client.tickets.update(created.id, { custom_fields: { due, n: 1 } })

    expect(created.custom_fields).toEqual({
      due: '2026-01-01T00:00:00.000Z',
      nested: [{ due: '2026-01-01T00:00:00.000Z' }],
    })
    expect(updated.custom_fields).toEqual({ due: '2026-01-01T00:00:00.000Z', n: 1 })
  })

  test('with an own toJSON or a boxed value are compared as JSON', async () => {
    const { client } = connect()
    const price = { toJSON: () => '9.99 EUR' }

    const { custom_fields } = await client.tickets.create({
      ...bug,
      custom_fields: { price, url: new URL('https://a.example.test/'), size: Object(3) },
    })

    expect(custom_fields).toEqual({ price: '9.99 EUR', url: 'https://a.example.test/', size: 3 })
  })

  test.each<[string, unknown]>([
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['a bigint', 10n],
    ['a function', () => 1],
    ['a symbol', Symbol('s3cr3t')],
    ['a Map', new Map([['s3cr3t', 1]])],
    ['a Set', new Set([1])],
    ['a regular expression', /s3cr3t/],
    ['bytes', new Uint8Array([1])],
    ['an invalid date', new Date(Number.NaN)],
    ['an Error', new Error('s3cr3t')],
  ])('with %s are refused before a request is sent, with the path', async (_, value) => {
    const { client, seen } = connect()

    const error = await failureOf(client.tickets.create({ ...bug, custom_fields: { a: { b: [0, value] } } }))

    expect(error).toMatchObject({
      name: 'InvalidRequestError',
      issues: [{ loc: ['body', 'custom_fields', 'a', 'b', '1'] }],
    })
    expect(String(error)).toMatch(/`custom_fields.a.b.1` cannot be sent as JSON/)
    expect(String(error)).not.toMatch(/s3cr3t/)
    expect(seen).toEqual([])
  })

  test('with undefined are refused in a list and left out of an object', async () => {
    const { client } = connect()

    const created = await client.tickets.create({ ...bug, custom_fields: { a: undefined, b: 1 } })
    const error = await failureOf(client.tickets.create({ ...bug, custom_fields: { list: [undefined] } }))

    expect(created.custom_fields).toEqual({ b: 1 })
    expect(error).toMatchObject({ issues: [{ loc: ['body', 'custom_fields', 'list', '0'] }] })
  })

  test('that are nested very deep are refused', async () => {
    const { client, seen } = connect()
    let deep: object = {}
    for (let n = 0; n < 100_000; n += 1) deep = { deep }

    const error = await failureOf(client.tickets.create({ ...bug, custom_fields: { deep } }))

    expect(error).toMatchObject({ name: 'InvalidRequestError' })
    expect(seen).toEqual([])
  })

  test('keep their own keys with odd names', async () => {
    const { client } = connect()
    const custom_fields = JSON.parse('{"__proto__":{"at":1},"constructor":2}') as Record<string, unknown>

    const created = await client.tickets.create({ ...bug, custom_fields: { ...custom_fields, at: new Date(0) } })

    expect(Object.keys(created.custom_fields ?? {})).toEqual(['__proto__', 'constructor', 'at'])
  })
})
