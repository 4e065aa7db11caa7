// A call of every method.
import { createClient } from '@ai-ticket-creator/sdk'

const client = createClient({ baseUrl: 'https://tickets.example.test', token: 'x' })
const id = '00000000-0000-4000-8000-000000000001'

export const results = [
  client.integrations.create({ name: 'A', platform_name: 'jira' }),
  client.integrations.retrieve(id),
  client.integrations.list({ enabled: true }),
  client.integrations.update(id, { name: 'B' }),
  client.integrations.delete(id),
  client.integrations.enable(id),
  client.integrations.disable(id),
  client.integrations.test(id),
  client.integrations.sync(id, { sync_type: 'full' }),
  client.integrations.activate(id),
  client.integrations.listActive(),
  client.integrations.fields(id),
  client.integrations.findByName('A'),
  client.tickets.create({ title: 'A', description: 'B', integration_id: id }),
  client.tickets.createWithAi({ user_input: 'A' }),
  client.tickets.retrieve(id),
  client.tickets.list({ status: ['open'] }),
  client.tickets.update(id, { title: 'B' }),
  client.tickets.replace(id, { title: 'B' }),
  client.tickets.delete(id),
  client.tickets.setStatus(id, 'closed', { resolution_summary: 'A' }),
  client.tickets.assign(id, null),
  client.tickets.stats(),
  client.tickets.attachments.add(id, [{ file_id: id }]),
  client.tickets.attachments.list(id),
  client.diagnose(),
  client.request('tickets.retrieve', { params: { ticket_id: id } }),
]
