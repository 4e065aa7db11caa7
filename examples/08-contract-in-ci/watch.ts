// A night watch: when something falls over, whoever is on call gets a ticket. It uses our SDK.
import type { Client } from '@ai-ticket-creator/sdk'

type Api = Client<{ legacyFields: true }>

export async function callForHelp(client: Api, integrationId: string, what: string): Promise<string> {
  const onCall = await client.integrations.retrieve(integrationId)
  if (!onCall.is_enabled) return `nobody: ${onCall.name} is off`

  const alarm = { title: what, description: 'Seen by the night watch.', integration_id: integrationId }
  const { integration_result: result } = await client.tickets.create(alarm)
  return result?.success === true
    ? `${onCall.name}: ${result.external_ticket_id}`
    : `nobody: ${onCall.name} took no ticket`
}
