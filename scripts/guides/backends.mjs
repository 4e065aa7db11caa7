// The reference API as guides meet it: behind a socket for programs, filled with a few rows for single requests.
import { once } from 'node:events'
import { createApp, DEFAULT_USER, sequentialIds } from '@ai-ticket-creator/reference-api'
import { serve } from '@hono/node-server'

const { token } = DEFAULT_USER

/** An empty backend on loopback, and what a service's environment says of it. */
export async function listen(generation) {
  let requests = 0
  const app = createApp({ generation })
  const answer = (request) => {
    requests += 1
    return app.fetch(request)
  }
  const server = serve({ fetch: answer, port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')

  return {
    env: { BASE_URL: `http://127.0.0.1:${server.address().port}`, TOKEN: token },
    wasAsked: () => requests > 0,
    close: () => server.close(),
  }
}

const PLANS_ID = 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4'

// The other ids count up, so that a guide can name them: 00000000-0000-4000-8000-000000000001, …
const rows = [
  { path: 'integrations/', body: { name: 'JIRA Production', platform_name: 'jira' } },
  { path: 'integrations/', body: { name: 'Support', platform_name: 'zendesk' } },
  { path: 'integrations/', body: { name: 'Support', platform_name: 'freshdesk' } },
  { path: 'integrations/', body: { name: 'Mail', platform_name: 'email', enabled: false } },
  { path: 'tickets/', body: { title: 'Printer', description: 'Out of paper.', integration_id: PLANS_ID } },
]

/** A backend with rows, as a function. */
export async function filled(generation) {
  const [first, next] = [[PLANS_ID], sequentialIds()]
  const app = createApp({ generation: 'current', ids: () => first.pop() ?? next() })

  for (const { path, body } of rows) {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
    const url = `https://tickets.example.test/api/v1/${path}`
    const { ok } = await app.fetch(new Request(url, { method: 'POST', headers, body: JSON.stringify(body) }))
    if (!ok) throw new Error(`the backend of the guides could not be filled: ${path} ${JSON.stringify(body)}`)
  }
  app.switchGeneration(generation)
  return app
}
