import type { Mutant } from '../mutant.ts'
import { afterDelete, overwriteTicket, ticketsOf } from './store-defects.ts'

/** Deletes that change other rows. */
export const deleteDefects: readonly Mutant[] = [
  afterDelete(
    'delete-takes-tickets',
    'deleting an integration deletes its tickets',
    'integrations',
    async ({ id, organization_id, deleted_at }, store) => {
      for (const ticket of await ticketsOf(store, organization_id))
        if (ticket.integration_id === id) await overwriteTicket(store, { ...ticket, deleted_at })
    },
  ),
  afterDelete(
    'delete-clears-integration-id',
    'deleting an integration clears `integration_id` of its tickets',
    'integrations',
    async ({ id, organization_id }, store) => {
      for (const ticket of await ticketsOf(store, organization_id))
        if (ticket.integration_id === id) await overwriteTicket(store, { ...ticket, integration_id: null })
    },
  ),
  afterDelete(
    'delete-clears-integration-result',
    'deleting an integration clears `integration_result` of its tickets',
    'integrations',
    async ({ id, organization_id }, store) => {
      for (const ticket of await ticketsOf(store, organization_id))
        if (ticket.integration_id === id) await overwriteTicket(store, { ...ticket, integration_result: null })
    },
  ),
  afterDelete(
    'delete-by-name',
    'deleting an integration deletes the others with its name',
    'integrations',
    async (row, store) => {
      if (!('platform_name' in row)) return
      for (const other of await store.integrations.findByNameOrPlatform(row.organization_id, row.name))
        if (other.name === row.name && other.deleted_at === null)
          await store.integrations.replace({ ...other, deleted_at: row.deleted_at }, other.version)
    },
  ),
  afterDelete(
    'delete-takes-files',
    'deleting a ticket removes its files from other tickets',
    'tickets',
    async (row, store) => {
      const files = 'attachments' in row ? (row.attachments ?? []).map(({ file_id }) => file_id) : []
      for (const ticket of await ticketsOf(store, row.organization_id)) {
        const left = (ticket.attachments ?? []).filter(({ file_id }) => !files.includes(file_id))
        if (left.length < (ticket.attachments ?? []).length)
          await overwriteTicket(store, { ...ticket, attachments: left })
      }
    },
  ),
]
