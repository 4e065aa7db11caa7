import { fromEntries } from '../../schema/json.ts'
import { boolean } from '../../schema/json-type.ts'
import { change } from './change.ts'

export const isEnabledToEnabled = change({
  id: 'is-enabled-to-enabled',
  kind: 'rename',
  summary: '`is_enabled` is now `enabled`.',
  deprecated: '2025-09-06',
  endpoints: {
    body: ['integrations.create', 'integrations.update'],
    // A downgrade of the status route uses `status` instead: see status-to-enabled.
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
  retired: { is_enabled: { replacement: 'enabled', type: boolean } },
  current: ['enabled'],
  upgrade: (old) => ({ fields: fromEntries(Object.values(old).map((value) => ['enabled', value])) }),
  downgrade: (current) => fromEntries(Object.values(current).map((value) => ['is_enabled', value])),
})
