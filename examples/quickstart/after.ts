// The service of before.ts, with the new field names.
import type { Client, CreateIntegration, Integration, Platform, Ticket } from '@ai-ticket-creator/sdk'

/** Adds an integration. */
export const addIntegration = (client: Client): Promise<Integration> =>
  client.integrations.create({
    name: 'JIRA Staging',
    integration_category: 'ticketing',
    platform_name: 'jira',
    enabled: false,
  } satisfies CreateIntegration)

/** Whether a platform has an enabled integration. */
export async function hasEnabledIntegration(client: Client, platform: Platform): Promise<boolean> {
  const page = await client.integrations.list({ platform_name: platform, enabled: true })
  return page.items.length > 0
}

/** Files a ticket with the integration that has this id. */
export const fileById = (client: Client, id: string): Promise<Ticket> =>
  client.tickets.create({ title: 'Bug Report', description: 'The basket loses its items.', integration_id: id })
