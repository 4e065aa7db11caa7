import { type CreateIntegration, categoryOf, type IntegrationCategory } from '@ai-ticket-creator/domain'
import { createClient, type Integration } from '@ai-ticket-creator/sdk'

const client = createClient({ baseUrl: 'https://tickets.example.test', token: 't', generation: 'current' })
export const one: PromiseLike<Integration> = client.integrations.retrieve('1')
export const category: IntegrationCategory = categoryOf('jira')
export const input = {
  name: 'New',
  platform_name: 'jira',
  integration_category: 'ticketing',
} satisfies CreateIntegration
// @ts-expect-error not one of the seven
export const wrong: IntegrationCategory = 'lost'
// @ts-expect-error jira is a ticketing platform
export const pair: CreateIntegration = { name: 'New', platform_name: 'jira', integration_category: 'crm' }
