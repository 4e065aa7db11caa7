// Numbers with more digits than a JavaScript number, in fields with JSON of the caller's own.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createClient } from '../src/index.ts'
import { baseUrl, failureOf, nthId } from './backend.ts'

const id = nthId(1)
const headers = { 'Content-Type': 'application/json' }
const CUSTOM =
  '{"account":12345678901234567890,"rate":1.0,"tiny":1e-7,"list":[9007199254740993,1],"text":"1.0 {","n":5}'

/** A backend that stores the text of the fields that it is sent, and shows it again. */
function storingText(customFields = CUSTOM) {
  const bodies: string[] = []
  let stored = customFields
  let urgency = 'low'
  const fetch = async (request: Request): Promise<Response> => {
    const text = await request.text()
    if (request.method !== 'GET') {
      bodies.push(text)
      stored = /"custom_fields":(\{.*?\})[,}]/.exec(text)?.[1] ?? stored
      urgency = /"urgency":"(\w+)"/.exec(text)?.[1] ?? urgency
    }
    const nulls =
      '"assigned_to_id":null,"department":null,"resolution_summary":null,"internal_notes":null,"attachments":null'
    return new Response(
      `{"id":"${id}","title":"A","urgency":"${urgency}","custom_fields":${stored},${nulls},"updated_at":"2026-01-01T00:00:00Z"}`,
      { headers },
    )
  }
  const client = createClient({ baseUrl, token: 't', generation: 'current', retry: false, fetch })
  return { client, bodies }
}

describe('custom_fields that nobody changed', () => {
  test('are written as they were received when another field is changed', async () => {
    const { client, bodies } = storingText()

    await client.tickets.update(id, { urgency: 'high' })

    expect(bodies).toHaveLength(1)
    expect(bodies[0]).toContain(`"custom_fields":${CUSTOM}`)
  })

  test('are written as they were received when the retrieved ticket is sent back', async () => {
    const { client, bodies } = storingText()
    const { custom_fields } = await client.tickets.retrieve(id)

    await client.tickets.replace(id, { title: 'A', custom_fields })

    expect(bodies[0]).toContain(`"custom_fields":${CUSTOM}`)
  })

  test('keep the other numbers when one of them is changed in place', async () => {
    const { client, bodies } = storingText()
    const { custom_fields = {} } = (await client.tickets.retrieve(id)) as { custom_fields?: Record<string, unknown> }
    custom_fields['rate'] = 2
    custom_fields['n'] = 6

    await client.tickets.replace(id, { title: 'A', custom_fields })

    expect(bodies[0]).toContain('"account":12345678901234567890,"rate":2,')
    expect(bodies[0]).toContain('"list":[9007199254740993,1]')
  })
})

describe('a rounded copy of a stored number', () => {
  test.each(['update', 'replace'] as const)('is refused before the write, with its path: %s', async (method) => {
    const { client, bodies } = storingText()
    const { custom_fields } = await client.tickets.retrieve(id)

    const error = await failureOf(client.tickets[method](id, { custom_fields: { ...custom_fields, n: 6 } }))

    expect(error).toMatchObject({
      name: 'InvalidRequestError',
      issues: [{ loc: ['body', 'custom_fields', 'account'] }],
    })
    expect(bodies).toEqual([])
  })

  test('is accepted with all its digits', async () => {
    const { client, bodies } = storingText()
    const { rawJSON } = JSON as unknown as { rawJSON: (text: string) => unknown }
    const custom_fields = { account: rawJSON('12345678901234567890'), n: 6 }

    const ticket = await client.tickets.update(id, { custom_fields })

    expect(bodies[0]).toContain('{"account":12345678901234567890,"n":6}')
    expect(ticket.custom_fields).toMatchObject({ n: 6 })
  })

  test('another long number is a change like any other', async () => {
    const { client, bodies } = storingText()

    await client.tickets.update(id, { custom_fields: { account: 2 ** 60 } })

    expect(bodies[0]).toContain('"account":1152921504606847000')
  })
})

describe('where the runtime cannot write exact numbers', () => {
  const { rawJSON } = JSON as { rawJSON?: unknown }
  afterEach(() => {
    Object.assign(JSON, { rawJSON })
    vi.restoreAllMocks()
  })

  test('a write that would round one is refused, with its path', async () => {
    const { client, bodies } = storingText()
    Reflect.deleteProperty(JSON, 'rawJSON')

    const error = await failureOf(client.tickets.update(id, { urgency: 'high' }))

    expect(error).toMatchObject({
      name: 'InvalidRequestError',
      issues: [{ loc: ['body', 'custom_fields', 'account'] }],
    })
    expect(bodies).toEqual([])
  })

  test('other writes are not affected', async () => {
    const { client, bodies } = storingText('{"n":5}')
    Reflect.deleteProperty(JSON, 'rawJSON')

    await client.tickets.update(id, { urgency: 'high' })

    expect(bodies[0]).toContain('"custom_fields":{"n":5}')
  })
})

test('the settings of an integration keep their numbers when it is sent back', async () => {
  const bodies: string[] = []
  const row = `{"id":"${id}","name":"A","status":"active","enabled":true,"routing_rules":{"project":12345678901234567890}`
  const fetch = async (request: Request): Promise<Response> => {
    bodies.push(await request.text())
    return new Response(`${row},"description":"B"}`, { headers })
  }
  const client = createClient({ baseUrl, token: 't', generation: 'current', retry: false, fetch })
  const retrieved = await client.integrations.retrieve(id)

  await client.integrations.update(id, { ...retrieved, description: 'B' })

  expect(bodies.at(-1)).toContain('"routing_rules":{"project":12345678901234567890}')
})
