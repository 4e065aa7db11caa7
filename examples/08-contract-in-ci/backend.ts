// A stand-in for a backend: the reference API behind a port. With DEFECT it violates the contract.
//   PORT=4011 DEFECT=filter node backend.ts
import { createApp } from '@ai-ticket-creator/reference-api'
import { serve } from '@hono/node-server'

const { PORT = '4010', DEFECT } = process.env
// Not the mock: its `fetch` follows redirects by itself, so the verification would not see them.
const app = createApp({ generation: 'transitional' })

const defects: Record<string, (request: Request) => Request> = {
  // Ignores a filter, so the client also gets disabled integrations.
  filter: (request) => new Request(request.url.replace(/([?&])enabled=\w+/, '$1'), request),
}
const applyDefect = defects[DEFECT ?? ''] ?? ((request: Request) => request)

// Keeps idle connections open: one that is closed just when it is reused would look like a defect.
const serverOptions = { keepAliveTimeout: 60_000 }
const answer = (request: Request) => app.fetch(applyDefect(request))
serve({ fetch: answer, hostname: '127.0.0.1', port: Number(PORT), serverOptions }, ({ port }) => {
  const defect = DEFECT === undefined ? '' : `, with a defect: ${DEFECT}`
  console.log(`http://127.0.0.1:${port} serves ${app.generation}${defect}`)
})
