// Generated from the changes by npm run docs:update.
import type { EndpointId } from '../contract/contract.ts'
import type { Location } from './changes/change.ts'

type RetiredNames = { readonly [P in Location]?: Readonly<Record<string, string>> }

/** Retired name → new name, for each part of each endpoint. */
export const retiredNames: { readonly [Id in EndpointId]?: RetiredNames } = {
  'integrations.create': {
    body: { is_enabled: 'enabled', integration_type: 'platform_name' },
    reply: { is_enabled: 'enabled', integration_type: 'platform_name' },
  },
  'integrations.list': {
    query: { is_enabled: 'enabled', integration_type: 'platform_name' },
    reply: { is_enabled: 'enabled', integration_type: 'platform_name' },
  },
  'integrations.listActive': {
    query: { integration_type: 'platform_name' },
    reply: { integration_type: 'platform_name' },
  },
  'integrations.retrieve': { reply: { is_enabled: 'enabled', integration_type: 'platform_name' } },
  'integrations.update': {
    body: { is_enabled: 'enabled', integration_type: 'platform_name' },
    reply: { is_enabled: 'enabled', integration_type: 'platform_name' },
  },
  'integrations.setStatus': {
    body: { is_enabled: 'enabled', status: 'enabled' },
    reply: { is_enabled: 'enabled', integration_type: 'platform_name' },
  },
  'integrations.fields': { reply: { integration_type: 'platform_name' } },
  'tickets.list': {
    query: {
      integration_name: 'integration_id',
      integration: 'integration_id',
      integration_routing: 'integration_id',
      integration_preference: 'integration_id',
    },
    reply: {
      assignee: 'assigned_to_id',
      files: 'attachments',
      external_ticket_id: 'integration_result',
      external_ticket_url: 'integration_result',
    },
  },
  'tickets.create': {
    body: {
      integration_name: 'integration_id',
      integration: 'integration_id',
      integration_routing: 'integration_id',
      integration_preference: 'integration_id',
      file_ids: 'attachments',
    },
    reply: {
      assignee: 'assigned_to_id',
      files: 'attachments',
      external_ticket_id: 'integration_result',
      external_ticket_url: 'integration_result',
    },
  },
  'tickets.createWithAi': {
    body: {
      integration_name: 'integration_id',
      integration: 'integration_id',
      integration_routing: 'integration_id',
      integration_preference: 'integration_id',
    },
    reply: {
      assignee: 'assigned_to_id',
      files: 'attachments',
      external_ticket_id: 'integration_result',
      external_ticket_url: 'integration_result',
    },
  },
  'tickets.retrieve': {
    reply: {
      assignee: 'assigned_to_id',
      files: 'attachments',
      external_ticket_id: 'integration_result',
      external_ticket_url: 'integration_result',
    },
  },
  'tickets.replace': {
    body: {
      integration_name: 'integration_id',
      integration: 'integration_id',
      integration_routing: 'integration_id',
      integration_preference: 'integration_id',
    },
    reply: {
      assignee: 'assigned_to_id',
      files: 'attachments',
      external_ticket_id: 'integration_result',
      external_ticket_url: 'integration_result',
    },
  },
  'tickets.update': {
    reply: {
      assignee: 'assigned_to_id',
      files: 'attachments',
      external_ticket_id: 'integration_result',
      external_ticket_url: 'integration_result',
    },
  },
  'tickets.setStatus': {
    reply: {
      assignee: 'assigned_to_id',
      files: 'attachments',
      external_ticket_id: 'integration_result',
      external_ticket_url: 'integration_result',
    },
  },
  'tickets.assign': {
    reply: {
      assignee: 'assigned_to_id',
      files: 'attachments',
      external_ticket_id: 'integration_result',
      external_ticket_url: 'integration_result',
    },
  },
  'tickets.addAttachments': {
    reply: {
      assignee: 'assigned_to_id',
      files: 'attachments',
      external_ticket_id: 'integration_result',
      external_ticket_url: 'integration_result',
    },
  },
}
