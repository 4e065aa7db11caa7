// Why this exists: a slow verification is left out of pipelines. This measures the command as a pipeline runs it, including
// the start of Node, against an API on this machine, and fails when it takes longer than the limit.
//   npm run test:deep -- verify-time
import { createApp } from '@ai-ticket-creator/reference-api'
import { getRequestListener } from '@hono/node-server'
import { listen, spawnCli } from './cli/run-cli.ts'

const LIMITS = { full: 10, 'read-only': 3 } as const
const ROWS = 100

const app = createApp({ generation: 'transitional' })
for (let nth = 1; nth <= ROWS; nth++) {
  await make('/api/v1/integrations/', { name: `Jira ${nth}`, platform_name: 'jira' })
  await make('/api/v1/tickets/', { title: `Ticket ${nth}`, description: 'The export ends with an empty file' })
}

const answer = getRequestListener(app.fetch)
const api = await listen((request, response) => void answer(request, response))
for (const mode of ['full', 'read-only'] as const) {
  const since = performance.now()
  const { code, stdout, stderr } = await spawnCli(['--base-url', api.url, '--mode', mode]).ended
  const seconds = (performance.now() - since) / 1000

  console.log(`${mode}: ${seconds.toFixed(1)} s, limit ${LIMITS[mode]} s: ${lastLine(stdout)}`)
  if (code !== 0) fail(`${mode} ended with ${code}:\n${stdout}${stderr}`)
  if (seconds >= LIMITS[mode]) fail(`${mode} took ${seconds.toFixed(1)} s`)
}
api.close()

async function make(path: string, body: object): Promise<void> {
  const headers = { Authorization: 'Bearer test-token', 'Content-Type': 'application/json' }
  const request = new Request(`http://localhost${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const { ok, status } = await app.fetch(request)
  if (!ok) throw new Error(`${path} is answered with ${status}`)
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}

function fail(message: string): void {
  console.error(`FAILED ${message}`)
  process.exitCode = 1
}
