// Verifies a backend with the function and with the command, like a pipeline: without MSW and without the SDK.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createApp } from '@ai-ticket-creator/reference-api'
import { verifyContract } from '@ai-ticket-creator/test-utils/verify'

const require = createRequire(import.meta.url)
const manifest = require.resolve('@ai-ticket-creator/test-utils/package.json')
const command = join(dirname(manifest), require(manifest).bin['ai-ticket-creator-verify'])

const app = createApp({ generation: 'current', clock: () => new Date() })
const server = createServer((request, response) => void answer(request, response))
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const baseUrl = `http://127.0.0.1:${server.address().port}`

const { outcome } = await verifyContract({ baseUrl, token: 'test-token' })
const exitCodes = [
  await run('--version'),
  await run('--base-url', baseUrl, '--mode', 'full'),
  await run('--base-url', 'http://127.0.0.1:1'),
]
if (outcome !== 'passed' || exitCodes.join() !== '0,0,2') throw new Error(`${outcome}, exit codes ${exitCodes.join()}`)
server.closeAllConnections()
server.close()

async function answer(request, response) {
  const { method, url, headers } = request
  const body = method === 'GET' ? undefined : Buffer.concat(await request.toArray())
  const reply = await app.fetch(new Request(`http://127.0.0.1${url}`, { method, headers, body }))
  response.writeHead(reply.status, Object.fromEntries(reply.headers)).end(await reply.text())
}

async function run(...args) {
  const env = { ...process.env, AI_TICKET_CREATOR_TOKEN: 'test-token' }
  const [code] = await once(spawn(process.execPath, [command, ...args], { env, stdio: 'inherit' }), 'close')
  return code
}
