import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { TicketRow } from '@ai-ticket-creator/reference-api'
import type { Mutant } from '../mutant.ts'
import { afterReply, overwriteTicket } from './store-defects.ts'

/** Fields of a reply that are not stored. */
export const storedDefects: readonly Mutant[] = [
  afterReply(
    'ai-ticket-not-stored',
    'an AI ticket is answered and not stored',
    ['tickets.createWithAi'],
    async ({ store, organization, reply }) => await store.tickets.remove(organization, createdId(reply)),
  ),
  afterReply(
    'ai-files-not-stored',
    'the files of an AI ticket are answered and not stored',
    ['tickets.createWithAi'],
    async ({ store, organization, reply }) => {
      const row = await store.tickets.find(organization, createdId(reply))
      if (row !== undefined) await overwriteTicket(store, { ...row, attachments: null })
    },
  ),
  restoring('added-files-not-stored', 'added attachments are answered and not stored', 'tickets.addAttachments', [
    'attachments',
  ]),
  restoring('patched-fields-not-stored', 'PATCH of `custom_fields` is answered and not stored', 'tickets.update', [
    'custom_fields',
  ]),
  restoring(
    'notes-of-status-not-stored',
    'the notes of the retired status route are answered and not stored',
    'tickets.setStatus',
    ['internal_notes'],
  ),
  afterReply(
    'notification-channels-not-stored',
    '`notification_channels` of PUT are answered and not stored',
    ['integrations.update'],
    async ({ store, organization, before: { integration } }) => {
      const after = integration && (await store.integrations.find(organization, integration.id))
      if (after === undefined || integration === undefined) return
      const { notification_channels } = integration
      await store.integrations.replace({ ...after, notification_channels }, after.version)
    },
  ),
]

/** Puts the earlier values of fields back after a change of a ticket was answered. */
function restoring(
  id: string,
  defect: string,
  endpoint: 'tickets.addAttachments' | 'tickets.update' | 'tickets.setStatus',
  fields: readonly (keyof TicketRow)[],
): Mutant {
  return afterReply(id, defect, [endpoint], async ({ store, organization, before: { ticket } }) => {
    const after = ticket && (await store.tickets.find(organization, ticket.id))
    if (after === undefined || ticket === undefined) return
    await overwriteTicket(store, { ...after, ...Object.fromEntries(fields.map((name) => [name, ticket[name]])) })
  })
}

function createdId(reply: unknown): string {
  const ticket = isJsonObject(reply) && isJsonObject(reply['ticket']) ? reply['ticket'] : {}
  return String(ticket['id'])
}
