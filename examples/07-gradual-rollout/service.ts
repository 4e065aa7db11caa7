// What the shop does with the API: it reads the newest ticket, files a bug, and disables and enables an integration.
import type { Client } from '@ai-ticket-creator/sdk'

export async function workOnce(client: Client, integrationId: string): Promise<string> {
  const { total = 0 } = await client.tickets.list({ size: 1 })

  const title = `The basket loses its items (report ${total + 1})`
  const bug = { title, description: 'Seen in the shop.', integration_id: integrationId }
  const { integration_result: result } = await client.tickets.create(bug)

  const { enabled } = await client.integrations.disable(integrationId)
  await client.integrations.update(integrationId, { description: `disabled after bug ${total + 1}` })
  const { status } = await client.integrations.enable(integrationId)
  return `${result?.external_ticket_id}, ${enabled === false ? 'disabled' : 'still enabled'}, ${status}`
}
