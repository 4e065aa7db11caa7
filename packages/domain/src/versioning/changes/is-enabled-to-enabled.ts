import * as z from 'zod/mini'
import { fromEntries } from '../../schema/json.ts'
import { change } from './change.ts'

export const isEnabledToEnabled = change({
  id: 'is-enabled-to-enabled',
  kind: 'rename',
  summary: '`is_enabled` is now `enabled`.',
  deprecated: '2025-09-06',
  endpoints: {
    body: ['integrations.create', 'integrations.update'],
    // The status route's own old word is `status`; see status-to-enabled.
    accepted: ['integrations.setStatus'],
    query: ['integrations.list'],
    reply: [
      'integrations.create',
      'integrations.list',
      'integrations.retrieve',
      'integrations.update',
      'integrations.setStatus',
    ],
  },
  retired: { is_enabled: { use: 'enabled', schema: z.boolean() } },
  current: ['enabled'],
  up: (old) => ({ fields: fromEntries(Object.values(old).map((value) => ['enabled', value])) }),
  down: (current) => fromEntries(Object.values(current).map((value) => ['is_enabled', value])),
})
