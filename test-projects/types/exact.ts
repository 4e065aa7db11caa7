import {
  type ClientOptions,
  type CreateIntegration,
  createClient,
  type RequestOptions,
  type UpdateTicket,
} from '@ai-ticket-creator/sdk'

declare const maybe: string | undefined
declare const flag: boolean | undefined
const options: ClientOptions = {
  baseUrl: 'https://tickets.example.test',
  token: 't',
  consumer: maybe,
  retry: undefined,
}
const client = createClient({ ...options, legacyFields: false })
const call: RequestOptions = { idempotencyKey: maybe, signal: undefined }

// Fields that may be undefined, and rows that are sent back.
export async function run(): Promise<void> {
  const input = { name: 'A', platform_name: 'jira', enabled: flag, description: maybe } satisfies CreateIntegration
  const jira = await client.integrations.create(
    { ...input, credentials: { email: 'e', api_token: 't', url: 'u' } },
    call,
  )
  await client.integrations.update(jira.id, { ...jira, description: maybe })
  const ticket = await client.tickets.create({ title: 'A', description: 'B', integration_id: maybe, department: maybe })
  const changes: UpdateTicket = { department: maybe, priority: undefined }
  await client.tickets.update(ticket.id, changes)
  await client.tickets.update(ticket.id, { ...ticket, title: 'B' })
  const page = await client.tickets.list({ q: maybe, status: undefined }, { scanLimit: undefined })
  for (const item of page.items) await client.tickets.replace(item.id, { ...item, description: item.description ?? '' })
}
