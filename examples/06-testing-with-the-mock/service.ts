// A small service that files the bugs that customers report, and returns an answer for the customer.
import { type Client, type ClientConfig, isIntegrationUnusableError } from '@ai-ticket-creator/sdk'

export async function reportBug(client: Client<ClientConfig>, integrationId: string, title: string): Promise<string> {
  const bug = { title, description: 'Reported in the shop.', integration_id: integrationId }
  try {
    const { integration_result: result } = await client.tickets.create(bug)
    return result?.success === true ? `filed as ${result.external_ticket_id}` : 'created, but not filed'
  } catch (error) {
    if (isIntegrationUnusableError(error)) return `not filed: the integration is ${error.reason}`
    throw error
  }
}
