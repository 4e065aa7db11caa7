import { suggest } from '../../problems/did-you-mean.ts'
import { oneOf } from '../../schema/json-type.ts'
import { change, type Upgraded } from './change.ts'

// The values of `status`, as of 2025-09-06 (existing backend: set the status of an integration). Only two map to `enabled`.
const settable = ['active', 'inactive'] as const
const values = [...settable, 'pending', 'error', 'expired', 'suspended'] as const

export const statusToEnabled = change({
  id: 'status-to-enabled',
  kind: 'status',
  summary: 'Status follows `enabled` by itself: send `enabled` instead of `status`.',
  deprecated: '2025-09-06',
  endpoints: { body: ['integrations.setStatus'] },
  retired: { status: { replacement: 'enabled', type: oneOf(values), settable } },
  current: ['enabled'],

  upgrade(old, { legacyOnly = false }): Upgraded {
    const value = typeof old['status'] === 'string' ? old['status'].trim().toLowerCase() : old['status']
    if (value === null) return { fields: { enabled: null } }
    if (value === 'active' || value === 'inactive') return { fields: { enabled: value === 'active' } }

    const known = values.find((candidate) => candidate === value)
    const near = typeof value === 'string' ? suggest(value, settable) : undefined
    return {
      issues: [
        {
          type: 'enum',
          field: 'status',
          msg: `\`status\` cannot be set${known === undefined ? '' : ` to \`${known}\``}; send ${legacyOnly ? '`active` or `inactive`' : '`enabled: true` for active or `enabled: false` for inactive'}${known === undefined && near !== undefined ? ` (did you mean \`${near}\`?)` : ''}`,
          code: 'status_not_settable',
          ...(!legacyOnly && { replacement: 'enabled' }),
        },
      ],
    }
  },

  downgrade({ enabled }) {
    if (enabled === null) return { status: null }
    return typeof enabled === 'boolean' ? { status: enabled ? 'active' : 'inactive' } : undefined
  },
})
