// What a consumer's first program does, through every entry point we publish; once as an ES module, once as CommonJS.
const names = {
  '@ai-ticket-creator/domain': 'categoryOf, IntegrationCategory',
  '@ai-ticket-creator/domain/openapi': 'openApiDocument',
  '@ai-ticket-creator/reference-api': 'createApp',
  '@ai-ticket-creator/sdk': 'createClient',
  '@ai-ticket-creator/test-utils': 'anIntegrationInput, createTestApi, loseAnswer',
  '@ai-ticket-creator/test-utils/node': 'startTestApi',
}

/** What only a page can import; `npm run test:browser` does. */
export const browserOnly = ['@ai-ticket-creator/test-utils/browser']

const body = `
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
  await test(createTestApi())
  await test(startTestApi())
  if (facts.join() !== 'ticketing,false,messaging,crm,2' || paths === 0) throw new Error(facts.join())
}

/** Through its own fetch, or, when there is none to give, through the global one. */
async function test(api) {
  const fetch = api.close === undefined ? api.fetch : undefined
  const client = createClient({ baseUrl: api.baseUrl, token: api.token, generation: 'current', fetch })
  api.faults.add({ endpoint: 'integrations.create', fault: loseAnswer(), times: 1 })

  const lost = await client.integrations.create(anIntegrationInput('jira')).catch(({ name }) => name)
  const { items } = await client.integrations.list()
  const facts = [lost, items.length, api.requests.length, api.faults.unused().length]
  if (facts.join() !== 'ConnectionError,1,2,0') throw new Error(facts.join())
  api.close?.()
}

main().catch((error) => {
  console.error(error)
  process.exitCode = 1
})
`

const lines = (write) => Object.entries(names).map(write).join('\n')

export const esModule = `${lines(([from, list]) => `import { ${list} } from '${from}'`)}\n${body}`
export const commonJs = `${lines(([from, list]) => `const { ${list} } = require('${from}')`)}\n${body}`
export const entryPoints = Object.keys(names)
