import { GENERATIONS } from '@ai-ticket-creator/domain'
import { createApp } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { issuesOf, nthId, send } from './send.ts'

// Names of properties that every object inherits. Written as JSON text: in a literal, `__proto__` would set the prototype.
const keys = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__']
const inside = `{${keys.map((key) => `"${key}":{"${key}":[1]}`).join(',')}}`
const outside = keys.map((key) => `"${key}":{"admin":true}`).join(',')

test.each(GENERATIONS)('%s: they survive in JSON fields', async (generation) => {
  const app = createApp({ generation })
  const platform = generation === 'legacy' ? '"integration_type":"jira"' : '"platform_name":"jira"'

  const ticket = await send(app, 'POST /tickets/', `{"title":"T","description":"D","custom_fields":${inside}}`)
  const integration = await send(app, 'POST /integrations/', `{"name":"A",${platform},"routing_rules":${inside}}`)
  const readTicket = await send(app, `GET /tickets/${nthId(1)}`)
  const readIntegration = await send(app, `GET /integrations/${nthId(2)}`)

  for (const reply of [ticket, readTicket]) expect(reply.text).toContain(`"custom_fields":${inside}`)
  for (const reply of [integration, readIntegration]) expect(reply.text).toContain(`"routing_rules":${inside}`)
})

test.each(GENERATIONS)('%s: they survive an update and a whole reply sent back', async (generation) => {
  const app = createApp({ generation })
  const platform = generation === 'legacy' ? '"integration_type":"jira"' : '"platform_name":"jira"'
  await send(app, 'POST /integrations/', `{"name":"A",${platform}}`)

  const updated = await send(app, `PUT /integrations/${nthId(1)}`, `{"notification_channels":${inside}}`)
  const echoed = await send(app, `PUT /integrations/${nthId(1)}`, updated.text)

  expect(updated.text).toContain(`"notification_channels":${inside}`)
  expect(echoed.text).toContain(`"notification_channels":${inside}`)
})

test.each(['legacy', 'transitional'] as const)(
  '%s: with null they are ignored and named as well',
  async (generation) => {
    const app = createApp({ generation })
    await send(app, 'POST /integrations/', '{"name":"A","integration_type":"jira"}')
    await send(app, 'POST /tickets/', '{"title":"T","description":"D"}')
    const nulls = `{${keys.map((key) => `"${key}":null`).join(',')}}`

    const replies = [
      await send(app, 'POST /integrations/', nulls.replace('{', '{"name":"A","integration_type":"jira",')),
      await send(app, `PUT /integrations/${nthId(1)}`, nulls),
      await send(app, `PUT /tickets/${nthId(2)}`, nulls),
    ]

    for (const { status, headers } of replies)
      expect([status, headers.get('Ignored-Fields')]).toEqual([
        200,
        '"__proto__", constructor, prototype, toString, hasOwnProperty, valueOf, "__defineGetter__"',
      ])
  },
)

test.each(['legacy', 'transitional'] as const)(
  '%s: as unknown fields they are ignored and named',
  async (generation) => {
    const app = createApp({ generation })

    const reply = await send(app, 'POST /integrations/', `{"name":"A","integration_type":"jira",${outside}}`)

    expect(reply.status).toBe(200)
    expect(reply.headers.get('Ignored-Fields')).toBe(
      '"__proto__", constructor, prototype, toString, hasOwnProperty, valueOf, "__defineGetter__"',
    )
    expect(reply.text).not.toContain('admin')
  },
)

test('current: as unknown fields they are refused by name', async () => {
  const app = createApp()

  const reply = await send(app, 'POST /integrations/', `{"name":"A","platform_name":"jira",${outside}}`)

  expect([reply.status, issuesOf(reply)]).toEqual([422, keys.map((key) => `body.${key} unknown_field`)])
})

test.each(GENERATIONS)('%s: they are no values of enums', async (generation) => {
  const app = createApp({ generation })
  const field = generation === 'legacy' ? 'integration_type' : 'platform_name'

  for (const key of keys) {
    const replies = [
      await send(app, 'POST /integrations/', { name: 'A', [field]: key }),
      await send(app, `GET /integrations/?${field}=${key}`),
      await send(app, `GET /integrations/?sort_by=${key}`),
      await send(app, `GET /tickets/?sort_by=${key}&status=${key}`),
      await send(app, 'POST /tickets/', { title: 'T', description: 'D', category: key }),
    ]

    expect(replies.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422])
  }
})

test('as query parameters they are unknown', async () => {
  const app = createApp({ generation: 'legacy' })

  const reply = await send(app, 'GET /integrations/?__proto__=1&constructor=2&toString=3')

  expect([reply.status, reply.headers.get('Ignored-Fields')]).toEqual([200, '"__proto__", constructor, toString'])
})

test('as names of integrations they match only an integration with that name', async () => {
  const app = createApp({ generation: 'legacy' })
  await send(app, 'POST /integrations/', { name: 'constructor', integration_type: 'jira' })

  const named = await send(app, 'POST /tickets/', { title: 'T', description: 'D', integration: 'constructor' })
  const unresolved = await send(app, 'POST /tickets/', { title: 'T', description: 'D', integration: '__proto__' })

  expect(named.json).toMatchObject({ integration_id: nthId(1) })
  expect(unresolved.json).toMatchObject({ code: 'integration_not_found' })
})

test('as tokens they are refused', async () => {
  const app = createApp()

  const reply = await send(app, 'GET /integrations/', undefined, { Authorization: 'Bearer __proto__' })

  expect(reply.status).toBe(401)
})
