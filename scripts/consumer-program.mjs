// What a consumer's first programs do, through every entry point we publish; once as ES modules, once as CommonJS. What
// tests with is a program of its own: it is never in a bundle.
const shipped = {
  '@ai-ticket-creator/domain': 'categoryOf, IntegrationCategory',
  '@ai-ticket-creator/domain/openapi': 'openApiDocument',
  '@ai-ticket-creator/reference-api': 'createApp',
  '@ai-ticket-creator/sdk': 'createClient',
}
const testing = {
  '@ai-ticket-creator/sdk': 'createClient',
  '@ai-ticket-creator/test-utils': 'anIntegrationInput, createTestApi, dropResponse',
  '@ai-ticket-creator/test-utils/node': 'startTestApi',
  '@ai-ticket-creator/test-utils/verify': 'verifyContract',
}

/** What only a page can import; `npm run test:browser` does. */
export const browserOnly = ['@ai-ticket-creator/test-utils/browser']

const ship = `
const app = createApp({ generation: 'transitional' })
const client = createClient({
  baseUrl: 'https://tickets.example.test',
  token: 'test-token',
  generation: 'current',
  fetch: (request) => app.fetch(request),
})

async function main() {
  const now = await client.integrations.create({ name: 'New', platform_name: 'jira' })
  const then = await client.integrations.create({ name: 'Old', integration_type: 'slack', is_enabled: false })
  const all = await client.integrations.list().toArray({ limit: 10 })

  const facts = [now.integration_category, then.enabled, categoryOf('slack'), IntegrationCategory.CRM, all.length]
  const paths = Object.keys(openApiDocument({ generation: 'current' }).paths).length
  if (facts.join() !== 'ticketing,false,messaging,crm,2' || paths === 0) throw new Error(facts.join())
}

main().catch((error) => {
  console.error(error)
  process.exitCode = 1
})
`

const tryOut = `
async function main() {
  await use(createTestApi())
  await use(startTestApi())
}

/** Through its own fetch, or, when it runs, through the global one. */
async function use(api) {
  const fetch = api.close === undefined ? api.fetch : undefined
  const client = createClient({ baseUrl: api.baseUrl, token: api.token, generation: 'current', fetch })
  api.faults.add({ endpoint: 'integrations.create', fault: dropResponse(), times: 1 })

  const lost = await client.integrations.create(anIntegrationInput('jira')).catch(({ name }) => name)
  const { items } = await client.integrations.list()
  const facts = [lost, items.length, api.requests.length, api.faults.unused().length]
  if (facts.join() !== 'OutcomeUnknownError,1,2,0') throw new Error(facts.join())
  api.close?.()
}
main().catch((error) => {
  console.error(error)
  process.exitCode = 1
})
`

// The command, as a pipeline runs it: against a port, and without MSW or our SDK in its process.
const verify = `
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const manifest = createRequire(import.meta.url).resolve('@ai-ticket-creator/test-utils/package.json')
const bin = join(dirname(manifest), createRequire(import.meta.url)(manifest).bin['ai-ticket-creator-verify'])
const app = createApp({ generation: 'current', clock: () => new Date() })
const server = createServer(async (request, response) => {
  const body = request.method === 'GET' ? undefined : Buffer.concat(await request.toArray())
  const reply = await app.fetch(
    new Request('http://127.0.0.1' + request.url, { method: request.method, headers: request.headers, body }),
  )
  response.writeHead(reply.status, Object.fromEntries(reply.headers)).end(await reply.text())
})
const run = (...args) =>
  new Promise((resolve) => {
    const env = { ...process.env, AI_TICKET_CREATOR_TOKEN: 'test-token' }
    const child = spawn(process.execPath, [bin, ...args], { env, stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('close', resolve)
  })

server.listen(0, '127.0.0.1', async () => {
  const baseUrl = 'http://127.0.0.1:' + server.address().port
  const codes = [
    await run('--version'),
    await run('--base-url', baseUrl),
    await run('--base-url', baseUrl, '--mode', 'full'),
    await run('--base-url', 'http://127.0.0.1:1'),
  ]
  if (codes.join() !== '0,0,0,2') throw new Error('the command ended with ' + codes)
  server.closeAllConnections()
  server.close()
})
`

const esm = (names, body) => `${lines(names, ([from, list]) => `import { ${list} } from '${from}'`)}\n${body}`
const cjs = (names, body) => `${lines(names, ([from, list]) => `const { ${list} } = require('${from}')`)}\n${body}`
const lines = (names, write) => Object.entries(names).map(write).join('\n')

export const esModule = esm(shipped, ship)
export const commonJs = cjs(shipped, ship)
export const esModuleForTests = esm(testing, tryOut)
export const commonJsForTests = cjs(testing, tryOut)
export const esModuleThatVerifies = esm({ '@ai-ticket-creator/reference-api': 'createApp' }, verify)
export const entryPoints = Object.keys({ ...shipped, ...testing })
