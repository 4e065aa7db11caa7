import { GENERATIONS } from '@ai-ticket-creator/domain'
import { detectDocumentGeneration, detectReplyGeneration } from '@ai-ticket-creator/domain/internal'
import { openApiDocument } from '@ai-ticket-creator/domain/openapi'
import { expect, test } from 'vitest'

test.each([
  ['integrations.retrieve', { integration_type: 'jira' }, 'legacy'],
  ['integrations.retrieve', { integration_type: 'jira', platform_name: 'jira' }, 'transitional'],
  ['integrations.retrieve', { platform_name: 'jira' }, 'current'],
  ['integrations.list', [{ is_enabled: true }, { enabled: true }], 'legacy'],
  ['integrations.list', [{ enabled: true }], 'current'],
  ['integrations.list', [], undefined],
  ['tickets.list', { items: [{ assigned_to_id: null }] }, 'current'],
  ['tickets.createWithAi', { ticket: { assigned_to_id: null, assignee: null } }, 'transitional'],
] as const)('a reply of %s with the fields of %j shows %s', (endpointId, reply, generation) => {
  expect(detectReplyGeneration(endpointId, reply)).toBe(generation)
})

test.each([
  ['the old fields of a ticket, since newer revisions of the existing backend show them too', { assignee: null }],
  ['`integration_result`, which every generation shows', { integration_result: null }],
  ['no entity', 'x'],
])('a ticket reply with %s shows nothing', (_, reply) => {
  expect(detectReplyGeneration('tickets.retrieve', reply)).toBeUndefined()
})

test.each([...GENERATIONS])('the OpenAPI document of %s shows its generation', (generation) => {
  expect(detectDocumentGeneration(openApiDocument({ generation }))).toBe(generation)
})

test.each([
  ['without integrations', { openapi: '3.1.0', paths: {} }],
  ['that is missing', undefined],
  ['that only mentions a field', { description: 'integration_type', properties: [] }],
  ['that nests without end', JSON.parse('['.repeat(100_000) + ']'.repeat(100_000))],
])('a document %s shows nothing', (_, document) => {
  expect(detectDocumentGeneration(document)).toBeUndefined()
})
