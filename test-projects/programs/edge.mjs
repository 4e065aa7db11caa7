import { createApp } from '@ai-ticket-creator/reference-api'
import { createClient } from '@ai-ticket-creator/sdk'

globalThis.run = async () => {
  const app = createApp({ generation: 'current' })
  const client = createClient({
    baseUrl: 'https://tickets.example.test',
    token: 'test-token',
    fetch: (r) => app.fetch(r),
  })
  const ticket = await client.tickets.create({ title: 'A', description: 'B' })
  return (await client.tickets.retrieve(ticket.id)).title
}
