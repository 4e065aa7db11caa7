import { ENDPOINT_IDS, type EndpointId, GENERATIONS, type Generation, isAvailable } from '@ai-ticket-creator/domain'
import { createApp, DEFAULT_USER, endpointAt } from '@ai-ticket-creator/reference-api'
import { type Client, createClient } from '@ai-ticket-creator/sdk'
import { expect, test } from 'vitest'

const FILE = 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4'

interface Ids {
  readonly integration: string
  readonly ticket: string
}

/** A call of the client for each endpoint. A new endpoint does not compile without one. */
const calls: { readonly [Id in EndpointId]: (client: Client, ids: Ids) => PromiseLike<unknown> } = {
  'integrations.create': ({ integrations }) => integrations.create({ name: 'Slack', platform_name: 'slack' }),
  'integrations.list': ({ integrations }) => integrations.list(),
  'integrations.listActive': ({ integrations }) => integrations.listActive(),
  'integrations.retrieve': ({ integrations }, { integration }) => integrations.retrieve(integration),
  'integrations.update': ({ integrations }, { integration }) => integrations.update(integration, { name: 'New' }),
  'integrations.setStatus': ({ integrations }, { integration }) => integrations.disable(integration),
  'integrations.activate': ({ integrations }, { integration }) => integrations.activate(integration),
  'integrations.test': ({ integrations }, { integration }) =>
    integrations.test(integration, { test_types: ['connection'] }),
  'integrations.sync': ({ integrations }, { integration }) => integrations.sync(integration, { sync_type: 'test' }),
  'integrations.fields': ({ integrations }, { integration }) => integrations.fields(integration),
  'tickets.list': ({ tickets }) => tickets.list(),
  'tickets.create': ({ tickets }) => tickets.create({ title: 'Bug', description: 'It is slow.' }),
  'tickets.createWithAi': ({ tickets }) => tickets.createWithAi({ user_input: 'The printer is on fire' }),
  'tickets.stats': ({ tickets }) => tickets.stats(),
  'tickets.retrieve': ({ tickets }, { ticket }) => tickets.retrieve(ticket),
  'tickets.replace': ({ tickets }, { ticket }) => tickets.replace(ticket, { title: 'Bug', description: 'It is fast.' }),
  'tickets.update': ({ tickets }, { ticket }) => tickets.update(ticket, { priority: 'high' }),
  'tickets.setStatus': ({ tickets }, { ticket }) => tickets.setStatus(ticket, 'in_progress'),
  'tickets.assign': ({ tickets }, { ticket }) => tickets.assign(ticket, DEFAULT_USER.id),
  'tickets.addAttachments': ({ tickets }, { ticket }) => tickets.attachments.add(ticket, [{ file_id: FILE }]),
  'tickets.listAttachments': ({ tickets }, { ticket }) => tickets.attachments.list(ticket),
  'tickets.delete': ({ tickets }, { ticket }) => tickets.delete(ticket),
  'integrations.delete': ({ integrations }, { integration }) => integrations.delete(integration),
}

test.each(GENERATIONS)('clients reach every endpoint of %s, and it answers with success', async (generation) => {
  // Against a transitional backend, only a legacy client uses the routes that current has retired.
  const clients = generation === 'transitional' ? (['legacy', 'current'] as const) : [generation]

  const answered = new Set((await Promise.all(clients.map((one) => endpointsAnswered(generation, one)))).flat())

  expect([...answered].toSorted()).toEqual(ENDPOINT_IDS.filter((id) => isAvailable(id, generation)).toSorted())
})

async function endpointsAnswered(
  generation: Generation,
  clientGeneration: 'legacy' | 'current',
): Promise<EndpointId[]> {
  const app = createApp({ generation })
  const answered: (EndpointId | undefined)[] = []
  const client = createClient({
    baseUrl: 'http://localhost',
    token: DEFAULT_USER.token,
    generation: clientGeneration,
    fetch: async (request) => {
      const reply = await app.fetch(request)
      if (reply.ok) answered.push(endpointAt(request.method, new URL(request.url).pathname))
      return reply
    },
  })

  const integration = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
  const ticket = await client.tickets.create({ title: 'Bug', description: 'It is slow.' })
  for (const call of Object.values(calls)) await call(client, { integration: integration.id, ticket: ticket.id })
  return answered.filter((id) => id !== undefined)
}
