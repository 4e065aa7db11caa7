import * as z from 'zod/mini'
import { suggest } from '../../problems/did-you-mean.ts'
import { change, type Upgraded } from './change.ts'

// As it stood on 2025-09-06 (CONTRACT §4): all could be sent, but only two say what `enabled` says.
const words = ['active', 'inactive', 'pending', 'error', 'expired', 'suspended'] as const

export const statusToEnabled = change({
  id: 'status-to-enabled',
  kind: 'status',
  summary: 'Status follows `enabled` by itself: send `enabled` instead of `status`.',
  deprecated: '2025-09-06',
  endpoints: { body: ['integrations.setStatus'] },
  retired: { status: { replacement: 'enabled', schema: z.enum(words) } },
  current: ['enabled'],

  upgrade(old): Upgraded {
    const word = typeof old['status'] === 'string' ? old['status'].trim().toLowerCase() : old['status']
    if (word === null) return { fields: { enabled: null } }
    if (word === 'active' || word === 'inactive') return { fields: { enabled: word === 'active' } }

    const known = words.find((candidate) => candidate === word)
    const near = typeof word === 'string' ? suggest(word, ['active', 'inactive']) : undefined
    return {
      issues: [
        {
          type: 'enum',
          field: 'status',
          msg: `\`status\` cannot be set${known === undefined ? '' : ` to \`${known}\``}; send \`enabled: true\` for active or \`enabled: false\` for inactive${known === undefined && near !== undefined ? ` (did you mean \`${near}\`?)` : ''}`,
          code: 'status_not_settable',
          replacement: 'enabled',
        },
      ],
    }
  },

  downgrade({ enabled }) {
    if (enabled === null) return { status: null }
    return typeof enabled === 'boolean' ? { status: enabled ? 'active' : 'inactive' } : undefined
  },
})
