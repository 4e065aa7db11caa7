import { describe, expect, test } from 'vitest'
import { connect, connectTo, failureOf, nthId, requestLines, setStoredFields } from './backend.ts'

const bug = { title: 'Bug Report', description: 'It breaks' }

const pairs = [
  { backend: 'legacy', generation: 'legacy' },
  { backend: 'transitional', generation: 'legacy' },
  { backend: 'transitional', generation: 'current' },
  { backend: 'current', generation: 'current' },
] as const

describe.each(pairs)('a $generation client of a $backend backend', (pair) => {
  test('files a ticket by the id of an integration', async () => {
    const { client } = connect(pair)
    const { id } = await client.integrations.create({ name: 'JIRA Production', platform_name: 'jira' })

    const ticket = await client.tickets.create({ ...bug, integration_id: id })

    expect(ticket).toMatchObject({ integration_id: id, integration_result: { success: true, integration_id: id } })
  })

  test.each(['integration_name', 'integration', 'integration_routing', 'integration_preference'] as const)(
    'files a ticket by the name of an integration in `%s`',
    async (field) => {
      const { client } = connect(pair)
      await client.integrations.create({ name: 'JIRA Staging', platform_name: 'jira' })
      const { id } = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })

      const ticket = await client.tickets.create({ ...bug, [field]: ' JIRA ' })

      expect(ticket).toMatchObject({ integration_id: id, integration_result: { success: true } })
    },
  )

  test('files a ticket by the platform if that has exactly one integration', async () => {
    const { client } = connect(pair)
    const { id } = await client.integrations.create({ name: 'JIRA Production', platform_name: 'jira' })
    await client.integrations.create({ name: 'Chat', platform_name: 'slack' })

    const ticket = await client.tickets.create({ ...bug, integration_name: 'JIRA' })

    expect(ticket.integration_id).toBe(id)
  })

  test('does not guess which integration of a platform is meant', async () => {
    const { client } = connect(pair)
    // Only one of the two is found by its name.
    await client.integrations.create({ name: 'jira EU', platform_name: 'jira' })
    await client.integrations.create({ name: 'Production', platform_name: 'jira' })

    const error = await failureOf(client.tickets.create({ ...bug, integration_name: 'jira' }))

    expect(error).toMatchObject({ name: 'IntegrationNotFoundError', integrationName: 'jira' })
  })

  test('refuses a name that several share, lists the candidates, and files nothing', async () => {
    const { client } = connect(pair)
    await client.integrations.create({ name: 'Bugs', platform_name: 'jira' })
    await client.integrations.create({ name: 'Bugs', platform_name: 'zendesk', enabled: false })

    const error = await failureOf(client.tickets.create({ ...bug, integration_name: 'Bugs' }))

    expect(error).toMatchObject({
      name: 'AmbiguousIntegrationError',
      integrationName: 'Bugs',
      candidates: [
        { id: nthId(1), name: 'Bugs', platform_name: 'jira', status: 'active' },
        { id: nthId(2), name: 'Bugs', platform_name: 'zendesk', status: 'inactive' },
      ],
    })
    expect((await client.tickets.list()).items).toEqual([])
  })

  test.each(['inactive', 'pending', 'error', 'expired', 'suspended', 'paused'])(
    'refuses an integration that is %s, and says so, by name and by id',
    async (status) => {
      const { client, store } = connect(pair)
      const { id } = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
      await setStoredFields(store, id, { status: status as never })

      const byName = await failureOf(client.tickets.create({ ...bug, integration_name: 'JIRA' }))
      const byId = await failureOf(client.tickets.create({ ...bug, integration_id: id }))

      expect(byName).toMatchObject({ name: 'IntegrationUnusableError', reason: status, id, integrationName: 'JIRA' })
      expect(byId).toMatchObject({ name: 'IntegrationUnusableError', reason: status, id })
    },
  )

  test('refuses an id that no integration has', async () => {
    const { client } = connect(pair)

    const error = await failureOf(client.tickets.create({ ...bug, integration_id: nthId(9) }))

    expect(error).toMatchObject({ name: 'IntegrationNotFoundError', id: nthId(9), requestId: expect.any(String) })
  })

  test('an id may be written in upper case', async () => {
    const { client, store } = connect(pair)
    const { id } = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
    const withLetters = 'aaaaaaaa-0000-4000-8000-00000000000a'
    const row = await store.integrations.find('20000000-0000-4000-8000-000000000001', id)
    if (row !== undefined) await store.integrations.insert({ ...row, id: withLetters, name: 'Capital' })

    const ticket = await client.tickets.create({ ...bug, integration_id: withLetters.toUpperCase() })

    expect(ticket.integration_result).toMatchObject({ success: true })
  })

  test('a ticket without an integration stays internal', async () => {
    const { client, seen } = connect(pair)

    const plain = await client.tickets.create(bug)
    const withNull = await client.tickets.create({ ...bug, integration_name: null })

    expect([plain.integration_id, withNull.integration_id]).toEqual([null, null])
    expect(requestLines(seen)).toEqual(['POST /tickets/', 'POST /tickets/'])
  })

  test('attachments can be given in either form', async () => {
    const { client } = connect(pair)

    const fromOld = await client.tickets.create({ ...bug, file_ids: [nthId(77)] })
    const fromNew = await client.tickets.create({ ...bug, attachments: [{ file_id: nthId(77) }] })

    expect(fromOld.attachments).toEqual([{ file_id: nthId(77) }])
    expect(fromNew.attachments).toEqual([{ file_id: nthId(77) }])
  })

  test('reads a ticket back', async () => {
    const { client } = connect(pair)
    const created = await client.tickets.create({ ...bug, priority: 'high' })

    const { data, response } = await client.tickets.retrieve(created.id).withResponse()

    expect(data).toMatchObject({ title: 'Bug Report', priority: 'high', creator: { email: 'agent@example.test' } })
    expect(response).toMatchObject({ status: 200, requestId: expect.stringMatching(/^req-/) })
    expect(response.headers.get('API-Generation')).toBe(pair.backend)
  })
})

test('on a current backend a name is sent as an id', async () => {
  const { client, seen } = connect()
  const { id } = await client.integrations.create({ name: 'JIRA Production', platform_name: 'jira' })

  await client.tickets.create({ ...bug, integration_name: 'JIRA Production' })

  expect(requestLines(seen).slice(1)).toEqual([
    'GET /integrations/?sort_by=created_at&sort_order=asc&name=JIRA+Production&offset=0&limit=100',
    'POST /tickets/',
  ])
  expect(seen.at(-1)?.body).toEqual({ ...bug, integration_id: id })
})

test('on a legacy backend a name is sent under both old names, with one value, after a check', async () => {
  const { client, seen } = connect({ backend: 'legacy' })
  await client.integrations.create({ name: 'JIRA Production', platform_name: 'jira' })

  await client.tickets.create({ ...bug, integration: ' JIRA Production ' })

  expect(requestLines(seen).slice(1)).toEqual([
    'GET /integrations/?sort_by=created_at&sort_order=asc&name=JIRA+Production&offset=0&limit=100',
    'POST /tickets/',
  ])
  expect(seen.at(-1)?.body).toEqual({
    ...bug,
    integration_name: 'JIRA Production',
    integration: 'JIRA Production',
  })
})

test('on a legacy backend an id is sent as a name, after a check that the name is unique', async () => {
  const { client, seen } = connect({ backend: 'legacy' })
  const { id } = await client.integrations.create({ name: 'JIRA Production', platform_name: 'jira' })

  await client.tickets.create({ ...bug, integration_id: id })

  expect(requestLines(seen).slice(1)).toEqual([
    `GET /integrations/${id}`,
    'GET /integrations/?sort_by=created_at&sort_order=asc&name=JIRA+Production&offset=0&limit=100',
    'POST /tickets/',
  ])
  expect(seen.at(-1)?.body).toEqual({
    ...bug,
    integration_name: 'JIRA Production',
    integration: 'JIRA Production',
  })
})

test('on a legacy backend an id whose name is not unique is refused', async () => {
  const { client, seen } = connect({ backend: 'legacy' })
  const { id } = await client.integrations.create({ name: 'Bugs', platform_name: 'jira' })
  await client.integrations.create({ name: 'Bugs', platform_name: 'zendesk' })

  const error = await failureOf(client.tickets.create({ ...bug, integration_id: id }))

  expect(error).toMatchObject({ name: 'AmbiguousIntegrationError', candidates: [{ id: nthId(1) }, { id: nthId(2) }] })
  expect(requestLines(seen)).not.toContain('POST /tickets/')
})

test('on a legacy backend an id is refused if its integration was renamed during the call', async () => {
  const row = { name: 'Bugs', integration_type: 'jira', status: 'active' }
  const { client } = connectTo(
    (request) => Response.json(request.url.includes('?') ? [{ ...row, id: nthId(2) }] : { ...row, id: nthId(1) }),
    { generation: 'legacy' },
  )

  const error = await failureOf(client.tickets.create({ ...bug, integration_id: nthId(1) }))

  expect(error).toMatchObject({ name: 'IntegrationNotFoundError', id: nthId(1) })
})

test('on a legacy backend an integration that was disabled since its look-up is not used', async () => {
  const { client, seen, app } = connect({ backend: 'legacy' })
  const { id } = await client.integrations.create({ name: 'Bugs', platform_name: 'jira' })
  await client.tickets.create({ ...bug, integration_name: 'Bugs' })
  const other = connect({ backend: 'legacy', fetch: (request) => app.fetch(request) })
  await other.client.integrations.disable(id)
  seen.length = 0

  const error = await failureOf(client.tickets.create({ ...bug, integration_id: id }))

  expect(error).toMatchObject({ name: 'IntegrationUnusableError', reason: 'inactive', id })
  expect(requestLines(seen)).toEqual([`GET /integrations/${id}`])
})

test('a name and an id must refer to the same integration', async () => {
  const { client, seen } = connect()
  const { id } = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })

  const agreeing = await client.tickets.create({ ...bug, integration_id: id, integration_name: 'JIRA' } as never)
  const error = await failureOf(
    client.tickets.create({ ...bug, integration_id: nthId(9), integration_name: 'JIRA' } as never),
  )

  expect(agreeing.integration_id).toBe(id)
  expect(error).toMatchObject({ name: 'InvalidRequestError', issues: [{ code: 'conflicting_fields' }] })
  expect(requestLines(seen).filter((line) => line === 'POST /tickets/')).toHaveLength(1)
})

test('two old names that disagree are refused before a request is sent', async () => {
  const { client, seen } = connect()

  const error = await failureOf(client.tickets.create({ ...bug, integration: 'A', integration_name: 'B' }))

  expect(error).toMatchObject({ name: 'InvalidRequestError', issues: [{ code: 'conflicting_fields' }] })
  expect(seen).toEqual([])
})

test('an invalid ticket is refused before its integration is looked up', async () => {
  const { client, seen } = connect()

  const error = await failureOf(client.tickets.create({ description: 'x', integration_name: 'JIRA' } as never))

  expect(error).toMatchObject({ name: 'InvalidRequestError', issues: [{ loc: ['body', 'title'] }] })
  expect(seen).toEqual([])
})

test('a retrieved ticket cannot be created again', async () => {
  const { client } = connect()
  const ticket = await client.tickets.create(bug)

  const error = await failureOf(client.tickets.create({ ...ticket } as never))

  expect(error).toMatchObject({ name: 'InvalidRequestError' })
  expect((error as { issues: { code: string }[] }).issues[0]?.code).toBe('unknown_field')
})

test('an error of the look-up that is not about the integration is thrown unchanged', async () => {
  const { client } = connectTo(() => Response.json({ detail: 'x' }, { status: 503 }), { generation: 'legacy' })

  const error = await failureOf(client.tickets.create({ ...bug, integration_id: nthId(1) }))

  expect(error).toMatchObject({ name: 'ApiError', status: 503, endpoint: 'integrations.retrieve' })
})
