// A service that uses the old field names. The SDK lets it run unchanged against every generation.
import type { Client, Integration, LegacyCreateIntegration, Ticket } from '@ai-ticket-creator/sdk'

/** A client whose results also have the old names. */
type OldClient = Client<{ legacyFields: true }>

/** Imports the integrations of an old export. */
export async function importIntegrations(
  client: Client,
  exported: readonly LegacyCreateIntegration[],
): Promise<Integration[]> {
  const created: Integration[] = []
  for (const integration of exported) created.push(await client.integrations.create(integration))
  return created
}

/** Whether a platform has an enabled integration, with the old names. */
export async function hasEnabledIntegration(client: OldClient, type: 'jira' | 'hubspot'): Promise<boolean> {
  const page = await client.integrations.list({ integration_type: type })
  return page.items.some((integration) => integration.integration_type === type && integration.is_enabled === true)
}

/** Files a ticket with the integration that has this name. */
export const fileByName = (client: Client, name: string): Promise<Ticket> =>
  client.tickets.create({ title: 'Bug Report', description: 'The basket loses its items.', integration_name: name })
