import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Generation } from '@ai-ticket-creator/domain'
import { type App, createApp, DEFAULT_USER, sequentialIds } from '@ai-ticket-creator/reference-api'
import { serve } from '@hono/node-server'

// The backends that the guides are checked against. `listen` serves the reference API on a port, for programs.
// `createFilledBackend` creates one with a few rows, for single requests.

export const { token } = DEFAULT_USER

/** Starts an empty backend on 127.0.0.1. */
export async function listen(generation: Generation) {
  let requests = 0
  const app = createApp({ generation })
  const server = serve({
    fetch: (request) => {
      requests += 1
      return app.fetch(request)
    },
    port: 0,
    hostname: '127.0.0.1',
  })
  await once(server, 'listening')
  // A server on a port has this kind of address.
  const { port } = server.address() as AddressInfo
  return { baseUrl: `http://127.0.0.1:${port}`, countRequests: () => requests, close: () => server.close() }
}

// The first integration has the id that the guides use. The other ids are sequential, so that a guide can name them: 00000000-0000-4000-8000-000000000001, …
const JIRA_ID = 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4'

const rows = [
  { path: 'integrations/', body: { name: 'JIRA Production', platform_name: 'jira' } },
  { path: 'integrations/', body: { name: 'Support', platform_name: 'zendesk' } },
  { path: 'integrations/', body: { name: 'Support', platform_name: 'freshdesk' } },
  { path: 'integrations/', body: { name: 'Mail', platform_name: 'email', enabled: false } },
  { path: 'tickets/', body: { title: 'Printer', description: 'Out of paper.', integration_id: JIRA_ID } },
]

/** Creates a backend with a few rows, for the requests of the guides. */
export async function createFilledBackend(generation: Generation): Promise<App> {
  const [firstIds, nextId] = [[JIRA_ID], sequentialIds()]
  const app = createApp({ generation: 'current', newId: () => firstIds.pop() ?? nextId() })

  for (const { path, body } of rows) {
    const { ok } = await app.fetch(
      new Request(`https://tickets.example.test/api/v1/${path}`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
    if (!ok) throw new Error(`the row was refused: ${path} ${JSON.stringify(body)}`)
  }
  app.switchGeneration(generation)
  return app
}
