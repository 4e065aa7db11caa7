// A consumer, whose usage the tests record. Some of it uses old names.
import type { IntegrationsApi, Send } from './types.ts'

export const addOldIntegration = (send: Send): Promise<Response> =>
  send('POST', '/integrations/', { name: 'Support', integration_type: 'slack', is_enabled: true })

export const addIntegration = (send: Send): Promise<Response> =>
  send('POST', '/integrations/', {
    name: 'Support',
    integration_category: 'messaging',
    platform_name: 'slack',
    enabled: true,
  })

export const close = (send: Send, id: string): Promise<Response> =>
  send('PATCH', `/tickets/${id}/status`, { status: 'closed' })

export async function isOn(integrations: IntegrationsApi, id: string): Promise<boolean> {
  const integration = await integrations.retrieve(id)
  return integration.is_enabled === true
}
