// The first calls of a consumer. The libraries are passed in, so that ES modules and CommonJS run the same lines.
module.exports = async ({ categoryOf, createApp, createClient, IntegrationCategory, openApiDocument }) => {
  const app = createApp({ generation: 'transitional' })
  const client = createClient({
    baseUrl: 'https://tickets.example.test',
    token: 'test-token',
    generation: 'current',
    fetch: (request) => app.fetch(request),
  })

  const current = await client.integrations.create({ name: 'New', platform_name: 'jira' })
  const legacy = await client.integrations.create({ name: 'Old', integration_type: 'slack', is_enabled: false })
  const all = await client.integrations.list().toArray({ limit: 10 })
  const { paths } = openApiDocument({ generation: 'current' })

  const found = [current.integration_category, legacy.enabled, categoryOf('slack'), IntegrationCategory.CRM, all.length]
  if (found.join() !== 'ticketing,false,messaging,crm,2') throw new Error(found.join())
  if (Object.keys(paths).length === 0) throw new Error('the OpenAPI document has no paths')
}
