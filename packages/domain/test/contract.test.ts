import {
  changes,
  changesOf,
  ENDPOINT_IDS,
  endpointOf,
  GENERATIONS,
  problems,
  replacementRoute,
} from '@ai-ticket-creator/domain'
import { changesAccepting, fillPath, paramNames } from '@ai-ticket-creator/domain/internal'
import { expect, test } from 'vitest'

// Existing backend: integration endpoints, ticket endpoints. Written out in full.
// biome-ignore format: a table is read by column
const table = [
  ['integrations.create',     'POST',   '/integrations/',                           200],
  ['integrations.list',       'GET',    '/integrations/',                           200],
  ['integrations.listActive', 'GET',    '/integrations/active',                     200],
  ['integrations.retrieve',   'GET',    '/integrations/{integration_id}',           200],
  ['integrations.update',     'PUT',    '/integrations/{integration_id}',           200],
  ['integrations.delete',     'DELETE', '/integrations/{integration_id}',           200],
  ['integrations.setStatus',  'PATCH',  '/integrations/{integration_id}/status',    200],
  ['integrations.test',       'POST',   '/integrations/{integration_id}/test',      200],
  ['integrations.sync',       'POST',   '/integrations/{integration_id}/sync',      200],
  ['integrations.activate',   'POST',   '/integrations/{integration_id}/activate',  200],
  ['integrations.fields',     'GET',    '/integrations/{integration_id}/fields',    200],
  ['tickets.list',            'GET',    '/tickets/',                                200],
  ['tickets.create',          'POST',   '/tickets/',                                201],
  ['tickets.createWithAi',    'POST',   '/tickets/ai-create',                       201],
  ['tickets.stats',           'GET',    '/tickets/stats/overview',                  200],
  ['tickets.retrieve',        'GET',    '/tickets/{ticket_id}',                     200],
  ['tickets.replace',         'PUT',    '/tickets/{ticket_id}',                     200],
  ['tickets.update',          'PATCH',  '/tickets/{ticket_id}',                     200],
  ['tickets.setStatus',       'PATCH',  '/tickets/{ticket_id}/status',              200],
  ['tickets.assign',          'PATCH',  '/tickets/{ticket_id}/assign',              200],
  ['tickets.delete',          'DELETE', '/tickets/{ticket_id}',                     204],
  ['tickets.addAttachments',  'POST',   '/tickets/{ticket_id}/attachments',         200],
  ['tickets.listAttachments', 'GET',    '/tickets/{ticket_id}/attachments',         200],
] as const

test('the endpoints are those of the contract, with method, path and status', () => {
  const rows = ENDPOINT_IDS.map((id) => {
    const { method, path, status } = endpointOf(id)
    return [id, method, path, status]
  })

  expect(rows).toEqual(table)
})

test('no two endpoints have the same method and path, and a fixed path comes before one with a parameter', () => {
  const routes = ENDPOINT_IDS.map((id) => `${endpointOf(id).method} ${endpointOf(id).path}`)

  expect(new Set(routes).size).toBe(routes.length)
  expect(routes.indexOf('GET /integrations/active')).toBeLessThan(routes.indexOf('GET /integrations/{integration_id}'))
  expect(routes.indexOf('GET /tickets/stats/overview')).toBeLessThan(routes.indexOf('GET /tickets/{ticket_id}'))
})

test('only a reply of 204 is empty', () => {
  const empty = ENDPOINT_IDS.filter((id) => endpointOf(id).reply === undefined)

  expect(empty).toEqual(['tickets.delete'])
  expect(empty.map((id) => endpointOf(id).status)).toEqual([204])
})

test('reads have a query or none, writes a body or none, never both', () => {
  const wrong = ENDPOINT_IDS.filter((id) => {
    const { method, query, body } = endpointOf(id)
    return method === 'GET' ? body !== undefined : query !== undefined
  })

  expect(wrong).toEqual([])
})

test('three endpoints do not exist in every generation', () => {
  const some = ENDPOINT_IDS.map((id) => [id, endpointOf(id).since, endpointOf(id).until] as const).filter(
    ([, since, until]) => since !== undefined || until !== undefined,
  )

  expect(some).toEqual([
    ['tickets.update', 'transitional', undefined],
    ['tickets.setStatus', undefined, 'transitional'],
    ['tickets.assign', undefined, 'transitional'],
  ])
})

test('the generations are listed from the oldest to the newest', () => {
  expect(GENERATIONS).toEqual(['legacy', 'transitional', 'current'])
})

test('the refusals of an endpoint are codes of a whole response, not of a single field', () => {
  const codes = ENDPOINT_IDS.flatMap((id) => endpointOf(id).refusals ?? [])

  expect(codes.filter((code) => !Object.hasOwn(problems, code) || problems[code].isFieldIssue)).toEqual([])
})

test('parameters are read from the path', () => {
  expect(paramNames('/integrations/{integration_id}/status')).toEqual(['integration_id'])
  expect(paramNames('/a/{x}/b/{y}')).toEqual(['x', 'y'])
  expect(paramNames('/integrations/')).toEqual([])
})

test.each([
  ['a0abea7c-a9de-42d2-b63e-71d3ac22d3e4', '/integrations/a0abea7c-a9de-42d2-b63e-71d3ac22d3e4/status'],
  ['a/b', '/integrations/a%2Fb/status'],
  ['../tickets', '/integrations/..%2Ftickets/status'],
  ['a?b#c', '/integrations/a%3Fb%23c/status'],
  ['a b%', '/integrations/a%20b%25/status'],
  ['%2e%2e', '/integrations/%252e%252e/status'],
  ['ü😀', '/integrations/%C3%BC%F0%9F%98%80/status'],
  ['...', '/integrations/.../status'],
  ['$&', '/integrations/%24%26/status'],
])('the id %j is encoded in a path', (integration_id, path) => {
  expect(fillPath('/integrations/{integration_id}/status', { integration_id })).toBe(path)
})

test.each([[''], ['.'], ['..'], ['\ud83d'], [undefined], [null], [7]])('%j is not an id', (value) => {
  // Ids come from outside, so the type may not hold.
  const params = { integration_id: value } as Record<string, string>

  expect(() => fillPath('/integrations/{integration_id}', params)).toThrow(
    new TypeError('`integration_id` must be a non-empty id'),
  )
})

test('a missing parameter is not replaced by an inherited property', () => {
  expect(() => fillPath('/x/{constructor}', {})).toThrow(TypeError)
  expect(() => fillPath('/x/{toString}', {})).toThrow(TypeError)
})

test('a path without parameters needs none and ignores others', () => {
  expect(fillPath('/tickets/', {})).toBe('/tickets/')
  expect(fillPath('/tickets/', { ticket_id: '7' })).toBe('/tickets/')
})

test('there are seven changes, each with a sentence and a date', () => {
  expect(changes.map(({ id, kind, deprecated }) => [id, kind, deprecated])).toEqual([
    ['is-enabled-to-enabled', 'rename', '2025-09-06'],
    ['integration-type-to-category-and-platform', 'split', '2025-09-06'],
    ['integration-name-to-id', 'look-up', '2025-09-06'],
    ['status-to-enabled', 'status', '2025-09-06'],
    ['file-ids-to-attachments', 'reshape', '2025-09-06'],
    ['ticket-reply', 'reply', '2025-09-06'],
    ['ticket-status-and-assign-routes', 'route', '2025-09-07'],
  ])
  expect(changes.map(({ summary }) => summary)).toMatchInlineSnapshot(`
    [
      "\`is_enabled\` is now \`enabled\`.",
      "\`integration_type\` is now \`integration_category\` and \`platform_name\`.",
      "A ticket names its integration by \`integration_id\`; names are not unique.",
      "Status follows \`enabled\` by itself: send \`enabled\` instead of \`status\`.",
      "\`file_ids\` is now \`attachments\`, a list of \`{ file_id }\`.",
      "Ticket replies: \`assignee\` is now \`assigned_to_id\`, \`files\` is \`attachments\`, the external ticket is in \`integration_result\`.",
      "PATCH /tickets/{ticket_id}/status and /assign are now PATCH /tickets/{ticket_id}; \`reason\` is \`assignment_reason\`.",
    ]
  `)
})

test('the replacement of every retired field is a new field of its change', () => {
  const strays = changes.flatMap(({ retired, current }) =>
    Object.entries(retired).filter(([, { replacement }]) => !current.includes(replacement)),
  )

  expect(strays).toEqual([])
})

// Where each change applies.
// biome-ignore format: a table is read by column
const applies = [
  ['integrations.create',     'body',  ['is-enabled-to-enabled', 'integration-type-to-category-and-platform']],
  ['integrations.update',     'body',  ['is-enabled-to-enabled', 'integration-type-to-category-and-platform']],
  ['integrations.setStatus',  'body',  ['status-to-enabled']],
  ['integrations.test',       'body',  []],
  ['integrations.list',       'query', ['is-enabled-to-enabled', 'integration-type-to-category-and-platform']],
  ['integrations.listActive', 'query', ['integration-type-to-category-and-platform']],
  ['integrations.create',     'reply', ['is-enabled-to-enabled', 'integration-type-to-category-and-platform']],
  ['integrations.list',       'reply', ['is-enabled-to-enabled', 'integration-type-to-category-and-platform']],
  ['integrations.listActive', 'reply', ['integration-type-to-category-and-platform']],
  ['integrations.retrieve',   'reply', ['is-enabled-to-enabled', 'integration-type-to-category-and-platform']],
  ['integrations.update',     'reply', ['is-enabled-to-enabled', 'integration-type-to-category-and-platform']],
  ['integrations.setStatus',  'reply', ['is-enabled-to-enabled', 'integration-type-to-category-and-platform']],
  ['integrations.fields',     'reply', ['integration-type-to-category-and-platform']],
  ['integrations.delete',     'reply', []],
  ['tickets.create',          'body',  ['integration-name-to-id', 'file-ids-to-attachments']],
  ['tickets.createWithAi',    'body',  ['integration-name-to-id']],
  ['tickets.replace',         'body',  ['integration-name-to-id']],
  ['tickets.update',          'body',  []],
  ['tickets.assign',          'body',  ['ticket-status-and-assign-routes']],
  ['tickets.list',            'query', ['integration-name-to-id']],
  ['tickets.create',          'reply', ['ticket-reply']],
  ['tickets.createWithAi',    'reply', ['ticket-reply']],
  ['tickets.list',            'reply', ['ticket-reply']],
  ['tickets.retrieve',        'reply', ['ticket-reply']],
  ['tickets.replace',         'reply', ['ticket-reply']],
  ['tickets.update',          'reply', ['ticket-reply']],
  ['tickets.setStatus',       'reply', ['ticket-reply']],
  ['tickets.assign',          'reply', ['ticket-reply']],
  ['tickets.addAttachments',  'reply', ['ticket-reply']],
  ['tickets.stats',           'reply', []],
] as const

test.each(applies)('%s %s: the changes %j apply', (endpointId, part, ids) => {
  expect(changesOf(endpointId, part).map(({ id }) => id)).toEqual(ids)
})

test('the status route also accepts is_enabled', () => {
  expect(changesAccepting('integrations.setStatus', 'body').map(({ id }) => id)).toEqual([
    'is-enabled-to-enabled',
    'status-to-enabled',
  ])
  expect(changesAccepting('integrations.setStatus', 'query')).toEqual([])
})

test('PATCH of a ticket replaces the two retired routes, and no other route is retired', () => {
  const moved = ENDPOINT_IDS.map(
    (id) => [id, replacementRoute(id)?.to, replacementRoute(id)?.change.id] as const,
  ).filter(([, to]) => to !== undefined)

  expect(moved).toEqual([
    ['tickets.setStatus', 'tickets.update', 'ticket-status-and-assign-routes'],
    ['tickets.assign', 'tickets.update', 'ticket-status-and-assign-routes'],
  ])
})
