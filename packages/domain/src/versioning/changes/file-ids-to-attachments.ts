import { isJsonObject } from '../../schema/json.ts'
import { list, nullish, uuid } from '../../schema/json-type.ts'
import { change, type Upgraded } from './change.ts'

export const fileIdsToAttachments = change({
  id: 'file-ids-to-attachments',
  kind: 'reshape',
  summary: '`file_ids` is now `attachments`, a list of `{ file_id }`.',
  deprecated: '2025-09-06',
  endpoints: { body: ['tickets.create'] },
  retired: { file_ids: { replacement: 'attachments', type: nullish(list(uuid)) } },
  current: ['attachments'],
  retiredPath: (path) => path.filter((step) => step !== 'file_id'),

  upgrade({ file_ids: ids }, { legacyOnly = false }): Upgraded {
    if (ids === null) return { fields: { attachments: null } }
    if (Array.isArray(ids) && ids.every((id) => typeof id === 'string'))
      return { fields: { attachments: ids.map((file_id) => ({ file_id })) } }
    return {
      issues: [
        {
          type: 'list_type',
          field: 'file_ids',
          msg: `\`file_ids\` must be a list of file ids${legacyOnly ? '' : '; better, send `attachments`'}`,
          code: 'validation_failed',
          ...(!legacyOnly && { replacement: 'attachments' }),
        },
      ],
    }
  },

  downgrade({ attachments }) {
    if (attachments === null) return { file_ids: null }
    if (!Array.isArray(attachments) || !attachments.every(isReference)) return undefined
    return { file_ids: attachments.map(({ file_id }) => file_id) }
  },
})

// An item with other keys cannot be a file id: the keys would be lost.
const isReference = (item: unknown): item is { file_id: string } =>
  isJsonObject(item) && Object.keys(item).length === 1 && typeof item['file_id'] === 'string'
