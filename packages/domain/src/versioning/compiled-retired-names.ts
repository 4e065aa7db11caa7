// Generated from src/versioning by npm run docs:update; test/compiled-documents.test.ts fails if this file differs.
import type { EndpointId } from '../contract/contract.ts'
import type { Location } from './changes/change.ts'

/** Retired name → new name, and the endpoints that have them. */
export const retiredNames: readonly ({ readonly names: Readonly<Record<string, string>> } & {
  readonly [P in Location]?: readonly EndpointId[]
})[] = [
  {
    names: { is_enabled: 'enabled' },
    body: ['integrations.create', 'integrations.update', 'integrations.setStatus'],
    query: ['integrations.list'],
    reply: [
      'integrations.create',
      'integrations.list',
      'integrations.retrieve',
      'integrations.update',
      'integrations.setStatus',
    ],
  },
  {
    names: { integration_type: 'platform_name' },
    body: ['integrations.create', 'integrations.update'],
    query: ['integrations.list', 'integrations.listActive'],
    reply: [
      'integrations.create',
      'integrations.list',
      'integrations.listActive',
      'integrations.retrieve',
      'integrations.update',
      'integrations.setStatus',
      'integrations.fields',
    ],
  },
  {
    names: {
      integration_name: 'integration_id',
      integration: 'integration_id',
      integration_routing: 'integration_id',
      integration_preference: 'integration_id',
    },
    body: ['tickets.create', 'tickets.createWithAi', 'tickets.replace'],
    query: ['tickets.list'],
  },
  { names: { status: 'enabled' }, body: ['integrations.setStatus'] },
  { names: { file_ids: 'attachments' }, body: ['tickets.create'] },
  {
    names: {
      assignee: 'assigned_to_id',
      files: 'attachments',
      external_ticket_id: 'integration_result',
      external_ticket_url: 'integration_result',
    },
    reply: [
      'tickets.create',
      'tickets.createWithAi',
      'tickets.list',
      'tickets.retrieve',
      'tickets.replace',
      'tickets.update',
      'tickets.setStatus',
      'tickets.assign',
      'tickets.addAttachments',
    ],
  },
  { names: { file_ids: 'attachments' }, body: ['tickets.replace'] },
  { names: { file_ids: 'attachments' }, body: ['tickets.update'] },
  { names: { reason: 'assignment_reason' }, body: ['tickets.update'] },
]
