// What the shop does all day: it looks at the newest ticket, files a bug, and rests an integration for a moment.
import type { Client } from '@ai-ticket-creator/sdk'

export async function workAnHour(client: Client, integrationId: string): Promise<string> {
  const { total = 0 } = await client.tickets.list({ size: 1 })

  const title = `The basket loses its items, for the ${total + 1}. time`
  const bug = { title, description: 'Seen in the shop.', integration_id: integrationId }
  const { integration_result: result } = await client.tickets.create(bug)

  const { enabled } = await client.integrations.disable(integrationId)
  await client.integrations.update(integrationId, { description: `rested after bug ${total + 1}` })
  const { status } = await client.integrations.enable(integrationId)
  return `${result?.external_ticket_id}, ${enabled === false ? 'rested' : 'went on'}, ${status}`
}
