// How a service used the API before the change. It runs as it is in every generation.
import type { Client, Integration, LegacyCreateIntegration, Ticket } from '@ai-ticket-creator/sdk'

/** A client whose replies can be read in the old words too. */
type OldClient = Client<{ legacyFields: true }>

/** Takes over the integrations of an old export. */
export async function importIntegrations(
  client: Client,
  exported: readonly LegacyCreateIntegration[],
): Promise<Integration[]> {
  const created: Integration[] = []
  for (const integration of exported) created.push(await client.integrations.create(integration))
  return created
}

/** Whether tickets can be filed on a platform, in the old words. */
export async function isOn(client: OldClient, type: 'jira' | 'hubspot'): Promise<boolean> {
  const page = await client.integrations.list({ integration_type: type })
  return page.items.some((integration) => integration.integration_type === type && integration.is_enabled === true)
}

/** Files a ticket with an integration by its name. */
export const fileByName = (client: Client, name: string): Promise<Ticket> =>
  client.tickets.create({ title: 'Bug Report', description: 'The basket loses its items.', integration_name: name })
