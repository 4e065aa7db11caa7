// The main job in one run: a service that speaks the old words and one that speaks the new ones use one backend while it
// goes legacy → transitional → current. Everything that is printed is checked; the exit code is 0 only if all of it holds.
import { strict as assert } from 'node:assert'
import { readFile } from 'node:fs/promises'
import { createApp } from '@ai-ticket-creator/reference-api'
import {
  type Client,
  categoryOf,
  createClient,
  type Integration,
  isAmbiguousIntegrationError,
  type LegacyCreateIntegration,
} from '@ai-ticket-creator/sdk'
import { serve } from '@hono/node-server'
import * as after from './after.ts'
import * as before from './before.ts'
import { heading, say, table } from './print.ts'

const TOKEN = 'test-token'

const exported = await readExport()
const app = createApp({ generation: 'legacy' })
const { baseUrl, close } = await listen(app.fetch)
const connect = (generation: 'legacy' | 'current') =>
  createClient({ baseUrl, token: TOKEN, consumer: 'quickstart', generation })

try {
  const imported = await importInLegacy()
  await showDeprecations()
  await fileTickets(imported)
  await finishInCurrent()
  say('\nEverything above was checked: no call broke, no field was lost, nothing happened silently.')
} finally {
  await close()
}

/** Legacy: the old program takes over the export of an old installation. */
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
    ['name', 'integration_type', 'is_enabled', '→ category', 'platform', 'enabled', 'status'],
    imported.map((integration, index) => [
      integration.name,
      exported[index]?.integration_type,
      exported[index]?.is_enabled,
      integration.integration_category,
      integration.platform_name,
      integration.enabled,
      integration.status,
    ]),
  )
  return imported
}

/** Transitional: both programs work, and the backend says which words will go. */
async function showDeprecations(): Promise<void> {
  app.switchGeneration('transitional')
  heading(
    '2  transitional: both programs work, old words are announced',
    'the backend takes both and answers with both',
  )

  const old = connect('legacy')
  const replies = [
    await old.integrations.list({ integration_type: 'jira', is_enabled: true }).withResponse(),
    await old.integrations.disable(await idOf(old, 'Trello Facilities')).withResponse(),
    await old.tickets
      .create({ title: 'Printer', description: 'Out of paper.', integration_name: 'JIRA Production' })
      .withResponse(),
  ]
  const announced = replies.flatMap(({ response }) => {
    const since = new Date(Number(response.headers.get('Deprecation')?.slice(1)) * 1000).toISOString().slice(0, 10)
    const fields = response.headers.get('Deprecated-Fields')?.split(', ') ?? []
    return fields.map((field) => [...field.split(';use='), since])
  })
  const once = new Map(announced.map((row) => [row[0], row]))

  assert.deepEqual(
    [...once.values()],
    [
      ['is_enabled', 'enabled', '2025-09-06'],
      ['integration_type', 'platform_name', '2025-09-06'],
      ['status', 'enabled', '2025-09-06'],
      ['integration_name', 'integration_id', '2025-09-06'],
      ['integration', 'integration_id', '2025-09-06'],
    ],
  )
  table(['deprecated', 'use instead', 'since'], [...once.values()])

  const added = await after.addIntegration(connect('current'))
  assert.deepEqual([added.platform_name, added.enabled, added.status], ['jira', false, 'inactive'])
  assert.equal(await before.isOn(old, 'jira'), true)
  assert.equal(await after.isOn(connect('current'), 'jira'), true)
  assert.equal(await before.isOn(old, 'hubspot'), false)
  assert.equal(await after.isOn(connect('current'), 'hubspot'), false)
  say('The new program added `JIRA Staging`, disabled. Both see that Jira is on and HubSpot is off.')
}

/** Transitional: a ticket by name, one by id, and a name that two integrations have. */
async function fileTickets(imported: readonly Integration[]): Promise<void> {
  heading('3  tickets: by name, by id, and by a name that is not enough')

  const byName = await before.fileByName(connect('legacy'), 'JIRA Production')
  const mail = imported.find(({ name }) => name === 'Support mailbox')
  assert.ok(mail)
  const byId = await after.fileById(connect('current'), mail.id)

  assert.equal(byName.integration_id, imported[0]?.id)
  assert.equal(byId.integration_id, mail.id)
  assert.ok(byName.integration_result?.success && byId.integration_result?.success)
  table(
    ['program', 'asked for', 'filed with', 'external ticket'],
    [
      [
        'before',
        'integration_name: JIRA Production',
        byName.integration_id,
        byName.integration_result.external_ticket_id,
      ],
      ['after', `integration_id: ${mail.id}`, byId.integration_id, byId.integration_result.external_ticket_id],
    ],
  )

  const known = await connect('current')
    .tickets.list()
    .then(({ total }) => total)
  const error = await before.fileByName(connect('legacy'), 'Support').then(
    () => assert.fail('a name that two integrations have was taken'),
    (reason: unknown) => reason,
  )
  assert.ok(isAmbiguousIntegrationError(error))
  assert.deepEqual(error.candidates.map(({ platform_name }) => platform_name).toSorted(), ['freshdesk', 'zendesk'])
  assert.equal(
    await connect('current')
      .tickets.list()
      .then(({ total }) => total),
    known,
  )
  say('`integration_name: Support` is refused, and nothing is filed. It could mean:')
  table(
    ['candidate', 'platform', 'status'],
    error.candidates.map(({ id, platform_name, status }) => [id, platform_name, status]),
  )
}

/** Current: the old program runs on, upgraded by the SDK; only who sends old words by hand is refused. */
async function finishInCurrent(): Promise<void> {
  app.switchGeneration('current')
  heading('4  current: only the new words are left')

  const client = connect('current')
  const byName = await before.fileByName(client, 'JIRA Production')
  const byId = await after.fileById(client, byName.integration_id ?? '')
  assert.equal(await before.isOn(client, 'jira'), true)
  assert.equal(byId.integration_id, byName.integration_id)
  say('Both programs still run, unchanged: the SDK says the new words for the old program.')

  const response = await fetch(`${baseUrl}/api/v1/integrations/`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
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
  say('A request with old words, sent by hand, is refused and nothing is written:')
  table(
    ['status', 'code', 'what it says'],
    detail.map(({ code, msg }) => [response.status, code, msg]),
  )
}

async function idOf(client: Client, name: string): Promise<string> {
  const { id } = await client.integrations.findByName(name)
  return id
}

async function readExport(): Promise<readonly LegacyCreateIntegration[]> {
  const text = await readFile(new URL('export-2025-08-31.json', import.meta.url), 'utf8')
  // The file is ours, and what it says is checked against what the backend made of it.
  const { integrations } = JSON.parse(text) as { integrations: readonly LegacyCreateIntegration[] }
  return integrations
}

function listen(
  answer: (request: Request) => Promise<Response>,
): Promise<{ baseUrl: string; close: () => Promise<void> }> {
  return new Promise((listening) => {
    const server = serve({ fetch: answer, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      listening({
        baseUrl: `http://127.0.0.1:${port}`,
        close: () => new Promise((closed) => server.close(() => closed())),
      }),
    )
  })
}
