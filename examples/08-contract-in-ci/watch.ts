// A monitoring service: when something fails, the person on call gets a ticket. It uses the SDK.
import type { Client } from '@ai-ticket-creator/sdk'

type ClientWithOldNames = Client<{ legacyFields: true }>

export async function callForHelp(client: ClientWithOldNames, integrationId: string, what: string): Promise<string> {
  const onCall = await client.integrations.retrieve(integrationId)
  if (!onCall.is_enabled) return `nobody: ${onCall.name} is disabled`

  const alarm = { title: what, description: 'Detected by monitoring.', integration_id: integrationId }
  const { integration_result: result } = await client.tickets.create(alarm)
  return result?.success === true
    ? `${onCall.name}: ${result.external_ticket_id}`
    : `nobody: ${onCall.name} accepted no ticket`
}
