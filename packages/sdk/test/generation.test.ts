import { type EndpointId, GENERATIONS } from '@ai-ticket-creator/domain'
import { createApp, PROFILES } from '@ai-ticket-creator/reference-api'
import { describe, expect, test } from 'vitest'
import { contradicts, detectGeneration } from '../src/legacy/detect-generation.ts'

const shown = (endpointId: EndpointId | undefined, status: number, body: unknown, headers = {}) => {
  const evidence = detectGeneration({ endpointId, status, headers: new Headers(headers), body })
  return evidence === undefined ? 'nothing' : `${evidence.generation} by ${evidence.source}`
}

describe('the generation in a header', () => {
  test.each([...GENERATIONS])('%s', (generation) => {
    expect(shown(undefined, 200, undefined, { 'API-Generation': generation })).toBe(`${generation} by header`)
    expect(shown('tickets.list', 503, '<html>', { 'API-Generation': ` ${generation} ` })).toBe(
      `${generation} by header`,
    )
  })

  test('overrides the shape, and an unknown value is ignored', () => {
    const body = { integration_type: 'jira' }

    expect(shown('integrations.retrieve', 200, body, { 'API-Generation': 'current' })).toBe('current by header')
    expect(shown('integrations.retrieve', 200, body, { 'API-Generation': 'next' })).toBe('legacy by shape')
    expect(shown('integrations.retrieve', 200, {}, { 'API-Generation': '' })).toBe('nothing')
  })
})

describe('the generation in the shape of a reply', () => {
  test.each<[EndpointId, unknown, string]>([
    ['integrations.retrieve', { integration_type: 'jira' }, 'legacy by shape'],
    ['integrations.retrieve', { integration_category: 'crm', platform_name: 'hubspot' }, 'current by shape'],
    ['integrations.retrieve', { is_enabled: true, enabled: true }, 'transitional by shape'],
    ['integrations.retrieve', { id: '1', status: 'active' }, 'nothing'],
    ['integrations.retrieve', 'a text', 'nothing'],
    ['integrations.list', [{ integration_type: 'jira' }], 'legacy by shape'],
    ['integrations.list', [{ platform_name: 'jira' }], 'current by shape'],
    ['integrations.list', [], 'nothing'],
    ['integrations.listActive', [{ integration_type: 'jira' }], 'legacy by shape'],
    ['tickets.retrieve', { assigned_to_id: null }, 'current by shape'],
    ['tickets.retrieve', { assignee: null, assigned_to_id: null }, 'transitional by shape'],
    ['tickets.list', { items: [{ attachments: [] }] }, 'current by shape'],
    ['tickets.createWithAi', { ticket: { attachments: [] } }, 'current by shape'],
    // The existing backend has this shape of tickets in both generations.
    ['tickets.retrieve', { assignee: null, files: [] }, 'nothing'],
    ['tickets.retrieve', { integration_result: { success: true } }, 'nothing'],
    ['tickets.stats', { total_tickets: 1 }, 'nothing'],
  ])('%s %j: %s', (endpointId, body, expected) => {
    expect(shown(endpointId, 200, body)).toBe(expected)
  })
})

describe('the generation in a refusal', () => {
  const missing = (field: string) => ({ detail: [{ type: 'missing', loc: ['body', field], msg: 'Field required' }] })

  test.each<[EndpointId, number, unknown, string]>([
    ['integrations.create', 422, missing('integration_type'), 'legacy by refusal'],
    ['integrations.create', 422, missing('integration_category'), 'current by refusal'],
    ['integrations.create', 422, missing('platform_name'), 'current by refusal'],
    ['integrations.create', 422, missing('name'), 'nothing'],
    ['integrations.setStatus', 422, missing('status'), 'legacy by refusal'],
    ['tickets.setStatus', 422, missing('status'), 'nothing'],
    [
      'tickets.create',
      422,
      { detail: [{ code: 'retired_field', loc: ['body', 'integration'] }] },
      'current by refusal',
    ],
    ['tickets.create', 422, { detail: [{ code: 'unknown_field' }, 'no object', null] }, 'nothing'],
    ['tickets.create', 422, { detail: [{ type: 'missing', loc: 'body.integration_name' }] }, 'nothing'],
    ['tickets.create', 422, { detail: [{ type: 'missing', loc: ['query', 'integration_name'] }] }, 'nothing'],
    ['tickets.update', 405, { detail: 'Method Not Allowed' }, 'legacy by refusal'],
    ['tickets.create', 422, { detail: [{ type: 'missing', loc: ['body', 'integration', 'id'] }] }, 'nothing'],
    ['tickets.replace', 405, { detail: 'Method Not Allowed' }, 'nothing'],
    ['tickets.update', 404, { detail: 'Ticket not found' }, 'nothing'],
    ['tickets.assign', 410, { detail: 'moved', code: 'retired_route' }, 'current by refusal'],
    ['tickets.assign', 404, { detail: 'Not Found' }, 'current by refusal'],
    ['tickets.assign', 404, { detail: 'Ticket not found' }, 'nothing'],
    ['integrations.retrieve', 404, { detail: 'Not Found' }, 'nothing'],
    // The reply is not from the service.
    ['tickets.update', 405, {}, 'nothing'],
    ['integrations.create', 500, missing('integration_type'), 'nothing'],
  ])('%s %i %j: %s', (endpointId, status, body, expected) => {
    expect(shown(endpointId, status, body)).toBe(expected)
  })
})

test.each([
  ['legacy', 'current', true],
  ['current', 'legacy', true],
  ['current', 'current', false],
  ['transitional', 'legacy', false],
  ['transitional', 'current', false],
  [undefined, 'current', false],
] as const)('a backend that shows %s does not understand a %s request: %s', (generation, sent, expected) => {
  expect(contradicts(generation, sent)).toBe(expected)
})

// The rules match the profiles: each of them gets a request in each generation.
test.each(PROFILES)('%s refuses a request of the other generation in a way that shows its own', async (profile) => {
  const app = createApp({ profile })
  const fields = profile === 'existing-legacy' ? { platform_name: 'jira' } : { integration_type: 'jira' }
  const headers = { Authorization: 'Bearer test-token', 'Content-Type': 'application/json' }
  const body = JSON.stringify({ name: 'Bugs', credentials: {}, ...fields })

  const refused = await app.fetch(
    new Request('http://localhost/api/v1/integrations/', { method: 'POST', headers, body }),
  )

  const own = profile === 'existing-legacy' ? 'legacy' : 'current'
  expect(shown('integrations.create', refused.status, await refused.json())).toBe(`${own} by refusal`)
})
