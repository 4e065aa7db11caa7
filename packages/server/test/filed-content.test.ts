import { newIntegration, newTicket } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { jiraFiling } from '../src/platforms/filings/jira.ts'
import { webhookFiling } from '../src/platforms/filings/webhook.ts'
import { createIntegrationValues } from '../src/platforms/integration-values.ts'
import { filingExamples } from './filing-examples.ts'
import { ID } from './platform-examples.ts'

const origin = { id: ID, organizationId: ID, at: '2026-01-02T03:04:05.000000Z' }
const aTicket = (changes: object) => ({ ...newTicket({ title: 'T', description: 'D' }, ID, origin), ...changes })
const valuesOf = (integration: object) =>
  createIntegrationValues(
    { ...newIntegration({ name: 'I', platform_name: 'jira' }, 'ticketing', origin), ...integration },
    { seconds: 1_767_323_045, id: ID },
  )

/** The fields of the issue that Jira gets. */
function fieldsOf(ticket: object, integration: object = {}) {
  const { body = '' } = jiraFiling.request(
    aTicket(ticket),
    valuesOf({ ...filingExamples.jira.integration, ...integration }),
  )
  return (JSON.parse(body) as { readonly fields: Readonly<Record<string, unknown>> }).fields
}

const text = (line: string) => ({ type: 'text', text: line })
const paragraph = (...content: object[]) => ({ type: 'paragraph', content })

test('jira: blank lines separate paragraphs, and other lines are broken', () => {
  const { description } = fieldsOf({ description: 'Steps:\r\n1. open\n\n\n \n\nExpected\nsave' })

  expect(description).toEqual({
    type: 'doc',
    version: 1,
    content: [
      paragraph(text('Steps:'), { type: 'hardBreak' }, text('1. open')),
      paragraph(text('Expected'), { type: 'hardBreak' }, text('save')),
    ],
  })
})

test('jira: a title of several lines is one line', () => {
  expect(fieldsOf({ title: 'Printer\non\r\nfire' })['summary']).toBe('Printer on fire')
})

test('jira: a title of more than 255 characters is shortened and begins the description', () => {
  const title = 'x'.repeat(255)
  const longer = `${'x'.repeat(253)}😀x`

  expect(fieldsOf({ title })).toMatchObject({ summary: title, description: { content: [paragraph(text('D'))] } })
  expect(fieldsOf({ title: longer })).toMatchObject({
    summary: `${'x'.repeat(253)}…`,
    description: { content: [paragraph(text(longer)), paragraph(text('D'))] },
  })
})

test('jira: the type of the issue is in the credentials, and custom fields have the names of the mapping', () => {
  const { credentials } = filingExamples.jira.integration
  const fields = fieldsOf(
    { custom_fields: { floor: 3, room: 'B', summary: 'other' } },
    {
      credentials: { ...credentials, issue_type: 'Bug' },
      custom_fields_mapping: { floor: 'customfield_10001', desk: 'customfield_10002', summary: 'summary' },
    },
  )

  expect(fields).toEqual({
    customfield_10001: 3,
    project: { key: 'ED' },
    issuetype: { name: 'Bug' },
    summary: 'T',
    description: { type: 'doc', version: 1, content: [paragraph(text('D'))] },
  })
})

test('webhook: the notification is signed as Standard Webhooks describes', () => {
  const values = valuesOf({ ...filingExamples.webhook.integration, webhook_secret: 'whsec_aG9vay1zZWNyZXQ=' })

  const { headers } = webhookFiling.request(aTicket({ description: 'D' }), values)

  // Computed with another implementation of HMAC.
  expect(headers['webhook-signature']).toBe('v1,0rs0rFtk30QcHn+mmYRLTSrvpIaJkk4ggrvNlk+P/mI=')
})

test('webhook: an id or a URL that is not safe, or that quotes a secret, is not taken over', () => {
  const values = valuesOf(filingExamples.webhook.integration)
  const ticketFrom = (reply: object) => webhookFiling.ticketFrom(reply, aTicket({}), values)

  expect(ticketFrom({ id: 'DESK-1', url: 'https://desk.acme.test/DESK-1' })).toEqual({
    id: 'DESK-1',
    url: 'https://desk.acme.test/DESK-1',
  })
  expect(ticketFrom({ id: 'DESK-1' })).toEqual({ id: 'DESK-1', url: null })
  for (const reply of [
    { id: 'DESK-1', url: 'javascript:alert(1)' },
    { id: 'DESK-1', url: `https://desk.acme.test/${'x'.repeat(500)}` },
    { id: 'DESK-1', url: 'https://desk.acme.test/?token=hook-token' },
    { id: 'hook-secret' },
    { id: 'a b' },
    { id: 1.5 },
  ])
    expect(ticketFrom(reply)).toEqual({ id: ID, url: null })
})
