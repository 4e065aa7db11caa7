import { CreateIntegrationBody, CreateTicket, downgrade, parseBody, upgrade } from '@ai-ticket-creator/domain'
import { checkSchema } from '@ai-ticket-creator/domain/internal'
import { expect, test } from 'vitest'

// The documented bodies before and after the change, exactly.
const integrationBefore = `{
  "name": "JIRA Production",
  "integration_type": "jira",
  "is_enabled": true
}`
const integrationAfter = `{
  "name": "JIRA Production",
  "integration_category": "ticketing",
  "platform_name": "jira",
  "enabled": true
}`
const ticketBefore = `{
  "title": "Bug Report",
  "description": "...",
  "integration_name": "JIRA Production"
}`
const ticketAfter = `{
  "title": "Bug Report",
  "description": "...",
  "integration_id": "a0abea7c-a9de-42d2-b63e-71d3ac22d3e4"
}`

const id = 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4'
const idOf = (name: string) => (name === 'JIRA Production' ? id : undefined)
const nameOf = (wanted: string) => (wanted === id ? 'JIRA Production' : undefined)
const print = (value: unknown) => JSON.stringify(value, null, 2)

test('the old integration is upgraded to exactly the new one', () => {
  const { body, issues } = upgrade('integrations.create', JSON.parse(integrationBefore))

  expect(print(body)).toBe(integrationAfter)
  expect(issues).toEqual([])
})

test('the new integration is downgraded to exactly the old one', () => {
  const { body, unmapped } = downgrade('integrations.create', JSON.parse(integrationAfter))

  expect(print(body)).toBe(integrationBefore)
  expect(unmapped).toEqual([])
})

test('the old ticket is upgraded to exactly the new one', () => {
  const { body, lookups } = upgrade('tickets.create', JSON.parse(ticketBefore), { idOf })

  expect(print(body)).toBe(ticketAfter)
  expect(lookups).toEqual([])
})

test('the new ticket is downgraded to exactly the old one', () => {
  const { body, unmapped } = downgrade('tickets.create', JSON.parse(ticketAfter), { nameOf })

  expect(print(body)).toBe(ticketBefore)
  expect(unmapped).toEqual([])
})

test.each(['legacy', 'transitional'] as const)('%s accepts the old bodies', (generation) => {
  const integration = parseBody('integrations.create', JSON.parse(integrationBefore), { generation })
  const ticket = parseBody('tickets.create', JSON.parse(ticketBefore), { generation, idOf })

  expect([integration.issues, ticket.issues]).toEqual([[], []])
  expect(print(integration.body)).toBe(integrationAfter)
  expect(print(ticket.body)).toBe(ticketAfter)
})

test.each(['transitional', 'current'] as const)('%s accepts the new bodies', (generation) => {
  const integration = parseBody('integrations.create', JSON.parse(integrationAfter), { generation })
  const ticket = parseBody('tickets.create', JSON.parse(ticketAfter), { generation })

  expect([integration.issues, ticket.issues]).toEqual([[], []])
  expect([integration.used, ticket.used]).toEqual([[], []])
  expect(print(integration.body)).toBe(integrationAfter)
  expect(print(ticket.body)).toBe(ticketAfter)
})

test('the new bodies fit the schemas', () => {
  expect(checkSchema(CreateIntegrationBody, JSON.parse(integrationAfter), 'body')).toEqual([])
  expect(checkSchema(CreateTicket, JSON.parse(ticketAfter), 'body')).toEqual([])
})

test('current refuses the old bodies with the new names', () => {
  const integration = parseBody('integrations.create', JSON.parse(integrationBefore), { generation: 'current' })
  const ticket = parseBody('tickets.create', JSON.parse(ticketBefore), { generation: 'current', idOf })

  expect([...integration.issues, ...ticket.issues].map(({ code, msg }) => [code, msg])).toEqual([
    ['retired_field', '`is_enabled` is retired; send `enabled`'],
    ['retired_field', '`integration_type` is retired; send `platform_name`'],
    ['retired_field', '`integration_name` is retired; send `integration_id`'],
  ])
})
