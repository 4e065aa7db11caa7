import type { EndpointId } from '@ai-ticket-creator/domain'

/**
 * How a created row is found again: in which list, by which of the sent fields, and among how many pages of the newest rows.
 * The text of an AI-drafted ticket differs from the input, so only `integration_id` can be compared. More pages would
 * contain many unrelated tickets of the same integration.
 */
export const CREATE_ENDPOINTS = {
  'integrations.create': { list: 'integrations.list', by: ['name', 'platform_name'], pages: 10 },
  'tickets.create': { list: 'tickets.list', by: ['title', 'description'], pages: 10 },
  'tickets.createWithAi': { list: 'tickets.list', by: ['integration_id'], pages: 1 },
} as const satisfies {
  readonly [Id in EndpointId]?: object
}

export type CreateId = keyof typeof CREATE_ENDPOINTS

export const isCreate = (endpointId: EndpointId): endpointId is CreateId => Object.hasOwn(CREATE_ENDPOINTS, endpointId)
