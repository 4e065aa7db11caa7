// A whole migration in one run: a service with the old names and one with the new names use one server while it is upgraded
// from legacy to transitional to current. Everything that is printed is checked; the exit code is 0 only if all checks pass.
// In a terminal the server then runs until you press Enter.
import { strict as assert } from 'node:assert'
import { readFile } from 'node:fs/promises'
import {
  type Client,
  categoryOf,
  createClient,
  type Integration,
  isAmbiguousIntegrationError,
  type LegacyCreateIntegration,
} from '@ai-ticket-creator/sdk'
import * as after from './after.ts'
import * as before from './before.ts'
import { heading, say, table } from './print.ts'
import { startTemporaryServer } from './temporary-server.ts'
import { untilEnter } from './until-enter.ts'

const exported = await readExport()
const server = await startTemporaryServer('legacy')
const { baseUrl, token } = server
const connect = (generation: 'legacy' | 'current') =>
  createClient({ baseUrl, token, consumer: 'quickstart', generation })

try {
  const imported = await importInLegacy()
  await showDeprecations()
  await fileTickets(imported)
  await finishInCurrent()
  say('\nEverything above was checked: no call failed, and no field was lost.')
  await offerTheServer()
} finally {
  await server.stop()
}

/** Legacy: the program with the old names imports the export of an old installation. */
async function importInLegacy(): Promise<readonly Integration[]> {
  heading('1  legacy: an old program imports an old export', `${exported.length} integrations, ${baseUrl}`)

  const imported = await before.importIntegrations(connect('legacy'), exported)
  for (const [index, integration] of imported.entries()) {
    const old = exported[index]
    assert.ok(old?.integration_type)
    assert.equal(integration.name, old.name)
    assert.equal(integration.platform_name, old.integration_type)
    assert.equal(integration.integration_category, categoryOf(old.integration_type))
    assert.equal(integration.enabled, old.is_enabled)
    assert.equal(integration.status, old.is_enabled ? 'active' : 'inactive')
  }
  assert.equal(new Set(imported.map(({ platform_name }) => platform_name)).size, 15)

  table(
    ['name', 'platform', 'category', 'enabled', 'status'],
    imported.map(({ name, platform_name, integration_category, enabled, status }) => [
      name,
      platform_name,
      integration_category,
      enabled,
      status,
    ]),
  )
  say('`integration_type` became platform and category, `is_enabled` became `enabled`.')
  return imported
}

/** Transitional: both programs work, and the backend announces which names will be removed. */
async function showDeprecations(): Promise<void> {
  await server.switchGeneration('transitional')
  heading(
    '2  transitional: both programs work, old names are announced as deprecated',
    'the backend accepts both names and returns both',
  )

  const old = connect('legacy')
  const replies = [
    await old.integrations.list({ integration_type: 'jira', is_enabled: true }).withResponse(),
    await old.integrations.disable(await idOf(old, 'Asana Design')).withResponse(),
    await old.tickets
      .create({ title: 'Printer', description: 'Out of paper.', integration_name: 'JIRA Production' })
      .withResponse(),
  ]
  const announced = replies.flatMap(({ response }) => {
    const since = new Date(Number(response.headers.get('Deprecation')?.slice(1)) * 1000).toISOString().slice(0, 10)
    const fields = response.headers.get('Deprecated-Fields')?.split(', ') ?? []
    return fields.map((field) => [...field.split(';use='), since])
  })
  const rowByField = new Map(announced.map((row) => [row[0], row]))

  assert.deepEqual(
    [...rowByField.values()],
    [
      ['is_enabled', 'enabled', '2025-09-06'],
      ['integration_type', 'platform_name', '2025-09-06'],
      ['status', 'enabled', '2025-09-06'],
      ['integration_name', 'integration_id', '2025-09-06'],
      ['integration', 'integration_id', '2025-09-06'],
    ],
  )
  table(['deprecated', 'use instead', 'since'], [...rowByField.values()])

  const added = await after.addIntegration(connect('current'))
  assert.deepEqual([added.platform_name, added.enabled, added.status], ['jira', false, 'inactive'])
  assert.equal(await before.hasEnabledIntegration(old, 'jira'), true)
  assert.equal(await after.hasEnabledIntegration(connect('current'), 'jira'), true)
  assert.equal(await before.hasEnabledIntegration(old, 'hubspot'), false)
  assert.equal(await after.hasEnabledIntegration(connect('current'), 'hubspot'), false)
  say('The new program added `JIRA Staging`, disabled.')
  say('For both programs Jira is enabled and HubSpot is disabled.')
}

/** Transitional: a ticket by name, one by id, and a name that two integrations share. */
async function fileTickets(imported: readonly Integration[]): Promise<void> {
  heading('3  tickets: by name, by id, and by a name that two integrations share')

  const byName = await before.fileByName(connect('legacy'), 'JIRA Production')
  const jira = imported.find(({ name }) => name === 'JIRA Production')
  assert.ok(jira)
  const byId = await after.fileById(connect('current'), jira.id)

  assert.equal(byName.integration_id, jira.id)
  assert.equal(byId.integration_id, jira.id)
  assert.ok(byName.integration_result?.success && byId.integration_result?.success)
  table(
    ['program', 'integration', 'external ticket'],
    [
      ['before', 'name: JIRA Production', byName.integration_result.external_ticket_id],
      ['after', `id: ${jira.id}`, byId.integration_result.external_ticket_id],
    ],
  )

  const ticketCount = await connect('current')
    .tickets.list()
    .then(({ total }) => total)
  const error = await before.fileByName(connect('legacy'), 'Support').then(
    () => assert.fail('a name that two integrations share was accepted'),
    (reason: unknown) => reason,
  )
  assert.ok(isAmbiguousIntegrationError(error))
  assert.deepEqual(error.candidates.map(({ platform_name }) => platform_name).toSorted(), ['freshdesk', 'zendesk'])
  assert.equal(
    await connect('current')
      .tickets.list()
      .then(({ total }) => total),
    ticketCount,
  )
  say('`integration_name: Support` is rejected, and nothing is filed. The candidates:')
  table(
    ['candidate', 'platform', 'status'],
    error.candidates.map(({ id, platform_name, status }) => [id, platform_name, status]),
  )
}

/** Current: the SDK translates for the old program. Only a hand-written request with old names is rejected. */
async function finishInCurrent(): Promise<void> {
  await server.switchGeneration('current')
  heading('4  current: only the new names are accepted')

  const client = connect('current')
  const byName = await before.fileByName(client, 'JIRA Production')
  const byId = await after.fileById(client, byName.integration_id ?? '')
  assert.equal(await before.hasEnabledIntegration(client, 'jira'), true)
  assert.equal(byId.integration_id, byName.integration_id)
  say('Both programs run unchanged: the SDK sends the new names for the old program.')

  const response = await fetch(`${baseUrl}/api/v1/integrations/`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'JIRA by hand', integration_type: 'jira', is_enabled: true }),
  })
  const { detail } = (await response.json()) as { detail: { code: string; msg: string; replacement: string }[] }
  assert.equal(response.status, 422)
  assert.deepEqual(
    detail.map(({ code, replacement }) => [code, replacement]),
    [
      ['retired_field', 'enabled'],
      ['retired_field', 'platform_name'],
    ],
  )
  assert.equal((await client.integrations.list({ name: 'by hand' })).items.length, 0)
  say('A hand-written request with old names is rejected, and nothing is written:')
  table(
    ['status', 'code', 'message'],
    detail.map(({ code, msg }) => [response.status, code, msg]),
  )
}

/** The server is for the reader now: a page to click through, and a request to copy. */
async function offerTheServer(): Promise<void> {
  heading('5  try it yourself', 'the API reference, with a form for each request, and a request to copy')

  const [page, path] = [`${baseUrl}/docs`, '/api/v1/integrations/?platform_name=jira']
  const authorization = `Authorization: Bearer ${token}`
  assert.equal((await fetch(page)).status, 200)
  const jira = await fetch(`${baseUrl}${path}`, { headers: [authorization.split(': ') as [string, string]] })
  assert.equal(((await jira.json()) as unknown[]).length, 2)

  say(page)
  say(`token: ${token}\n`)
  say(`curl '${baseUrl}${path}' \\\n  -H '${authorization}'`)
  await untilEnter('\nThe server runs until you press Enter. Then its data is removed.')
}

async function idOf(client: Client, name: string): Promise<string> {
  const { id } = await client.integrations.findByName(name)
  return id
}

async function readExport(): Promise<readonly LegacyCreateIntegration[]> {
  const text = await readFile(new URL('export-2025-08-31.json', import.meta.url), 'utf8')
  // The file is part of this example, and its content is compared with the imported rows.
  const { integrations } = JSON.parse(text) as { integrations: readonly LegacyCreateIntegration[] }
  return integrations
}
