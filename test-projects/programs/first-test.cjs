// The first test of a consumer, against the mock with and without MSW.
module.exports = async ({ anIntegrationInput, createClient, createTestApi, dropResponse, startTestApi }) => {
  const alone = createTestApi()
  await useMock(alone, alone.fetch)

  const intercepting = startTestApi()
  await useMock(intercepting)
  intercepting.close()

  async function useMock(api, fetch) {
    const client = createClient({ baseUrl: api.baseUrl, token: api.token, generation: 'current', fetch })
    api.faults.add({ endpoint: 'integrations.create', fault: dropResponse(), times: 1 })

    const lost = await client.integrations.create(anIntegrationInput('jira')).catch(({ name }) => name)
    const { items } = await client.integrations.list()

    const found = [lost, items.length, api.requests.length, api.faults.unused().length]
    if (found.join() !== 'OutcomeUnknownError,1,2,0') throw new Error(found.join())
  }
}
