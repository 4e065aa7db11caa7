import { describe, expect, test } from 'vitest'
import { aLegacyIntegrationInput, aLegacyTicketInput, anIntegrationInput } from '../../src/index.ts'
import { clientOf, send, transports } from './transports.ts'

describe.each(transports)('$name', ({ open }) => {
  test('a request is recorded as a plain object, with deprecated and ignored fields', async () => {
    using opened = open({ generation: 'transitional' })

    await send(opened, 'POST /integrations/?colour=red', { ...aLegacyIntegrationInput('jira'), 'a b': 1 })

    expect(opened.api.requests).toMatchInlineSnapshot(`
      [
        {
          "body": {
            "a b": 1,
            "auth_type": "api_key",
            "credentials": {
              "api_token": "[redacted]",
              "email": "[redacted]",
            },
            "integration_type": "jira",
            "is_enabled": true,
            "name": "JIRA Production",
          },
          "deprecated": [
            "is_enabled",
            "integration_type",
          ],
          "endpoint": "integrations.create",
          "faults": [],
          "generation": "transitional",
          "ignored": [
            "colour",
            "a b",
          ],
          "method": "POST",
          "path": "/api/v1/integrations/",
          "query": {
            "colour": "red",
          },
          "status": 200,
        },
      ]
    `)
  })

  test('requests are recorded in order of arrival, with the status of the response', async () => {
    using opened = open()

    await send(opened, 'GET /tickets/?status=open&status=new&q=it')
    await send(opened, 'PATCH /integrations/')
    await send(opened, 'GET /nowhere')

    expect(opened.api.requests).toMatchObject([
      {
        method: 'GET',
        endpoint: 'tickets.list',
        query: { status: ['open', 'new'], q: 'it' },
        body: undefined,
        status: 200,
      },
      { method: 'PATCH', endpoint: undefined, path: '/api/v1/integrations/', status: 405 },
      { method: 'GET', endpoint: undefined, path: '/api/v1/nowhere', status: 404 },
    ])
  })

  test('a fixed path is not mistaken for an id', async () => {
    using opened = open()

    await send(opened, 'GET /integrations/active')
    await send(opened, 'GET /integrations/00000000-0000-4000-8000-000000000001')

    expect(opened.api.requests.map(({ endpoint }) => endpoint)).toEqual([
      'integrations.listActive',
      'integrations.retrieve',
    ])
  })

  test('no secret is recorded, in whichever place it is sent', async () => {
    using opened = open()
    const secret = 'hunter2-hunter2'

    await send(opened, `GET /integrations/${secret}?name=${opened.api.token}&password=${secret}`)
    await send(opened, `POST /integrations/`, {
      ...anIntegrationInput('email', { webhook_secret: 'abc', credentials: { password: secret, smtp_port: 587 } }),
      description: `the password is ${secret}, the token ${opened.api.token}`,
      notification_channels: { slack: [{ botToken: secret, channel: 'ops', [secret]: null, api_key: null }] },
    })
    await send(opened, 'POST /tickets/', undefined, { body: `{"title": "${secret}` })

    await send(opened, `GET /tickets/${opened.api.token}`)

    const text = JSON.stringify(opened.api.requests)
    expect([text.includes('test-token'), text.includes('fake-')]).toEqual([false, false])
    expect(opened.api.requests[1]?.body).toMatchInlineSnapshot(`
      {
        "auth_type": "api_key",
        "credentials": {
          "api_key": "[redacted]",
          "password": "[redacted]",
          "smtp_host": "[redacted]",
          "smtp_port": "[redacted]",
          "username": "[redacted]",
        },
        "description": "the password is [redacted], the token [redacted]",
        "enabled": true,
        "integration_category": "communication",
        "name": "EMAIL Production",
        "notification_channels": {
          "slack": [
            {
              "[redacted]": null,
              "api_key": null,
              "botToken": "[redacted]",
              "channel": "ops",
            },
          ],
        },
        "platform_name": "email",
        "webhook_secret": "[redacted]",
      }
    `)
    expect(opened.api.requests[2]?.body).toBe('[not JSON: 26 characters]')
    expect(opened.api.requests[3]?.path).toBe('/api/v1/tickets/[redacted]')
  })

  test('webhook URLs, user names in URLs and encoded secrets are not recorded', async () => {
    using opened = open()
    const secret = 'hunter2-hunter2'
    const basic = Buffer.from(`bot:${secret}`).toString('base64')

    await send(opened, 'POST /integrations/', {
      ...anIntegrationInput('slack', { credentials: { password: secret } }),
      webhook_url: 'https://hooks.example.test/T000/B000/needle-1',
      base_url: 'https://me:needle-2@slack.example.test/team',
      description: `sends Basic ${basic}, calls https://hooks.example.test/T000/B000/needle-1`,
    })

    const text = JSON.stringify(opened.api.requests)
    expect([text.includes('needle'), text.includes(basic), text.includes(secret)]).toEqual([false, false, false])
    expect(opened.api.requests[0]?.body).toMatchObject({
      webhook_url: '[redacted]',
      base_url: 'https://[redacted]@slack.example.test/team',
    })
  })

  test('the requests of a legacy client show its deprecated names', async () => {
    using opened = open({ generation: 'transitional' })
    const legacy = clientOf(opened, 'legacy')

    await legacy.integrations.create(aLegacyIntegrationInput('slack'))
    await legacy.tickets.create(aLegacyTicketInput({ integration_name: 'SLACK Production' }))

    expect(opened.api.requests.map(({ endpoint, deprecated }) => [endpoint, deprecated])).toEqual([
      ['integrations.create', ['is_enabled', 'integration_type']],
      ['integrations.list', []],
      ['tickets.create', ['integration_name', 'integration']],
    ])
  })
})
