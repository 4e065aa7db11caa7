// A backend for whoever has none at hand: the reference API behind a port. It can break the contract as well.
//   PORT=4011 DEFECT=filter node backend.ts
import { createApp } from '@ai-ticket-creator/reference-api'
import { serve } from '@hono/node-server'

const { PORT = '4010', DEFECT } = process.env
// Not the mock of the tests: its `fetch` follows redirects by itself, so that nobody would see them.
const app = createApp({ generation: 'transitional' })

const defects: Record<string, (request: Request) => Request> = {
  // The filter that a client asks for is ignored: it gets the integrations that are off as well.
  filter: (request) => new Request(request.url.replace(/([?&])enabled=\w+/, '$1'), request),
}
const spoil = defects[DEFECT ?? ''] ?? ((request: Request) => request)

// A connection that is closed just when it is used again is none of the defects.
const serverOptions = { keepAliveTimeout: 60_000 }
const answer = (request: Request) => app.fetch(spoil(request))
serve({ fetch: answer, hostname: '127.0.0.1', port: Number(PORT), serverOptions }, ({ port }) => {
  const defect = DEFECT === undefined ? '' : `, with a defect: ${DEFECT}`
  console.log(`http://127.0.0.1:${port} speaks ${app.generation}${defect}`)
})
