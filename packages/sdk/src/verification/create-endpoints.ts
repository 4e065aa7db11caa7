import type { EndpointId } from '@ai-ticket-creator/domain'

// By which of the fields that were sent a row is known again, and among how many pages of the newest. A drafted ticket has
// texts of its own, so that many more would look alike.
export const CREATES = {
  'integrations.create': { list: 'integrations.list', by: ['name', 'platform_name'], pages: 10 },
  'tickets.create': { list: 'tickets.list', by: ['title', 'description'], pages: 10 },
  'tickets.createWithAi': { list: 'tickets.list', by: ['integration_id'], pages: 1 },
} as const satisfies {
  readonly [Id in EndpointId]?: object
}
export type CreateId = keyof typeof CREATES
export const isCreate = (endpointId: EndpointId): endpointId is CreateId => Object.hasOwn(CREATES, endpointId)
