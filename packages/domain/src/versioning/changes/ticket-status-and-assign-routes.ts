import { maybe, text } from '../../schema/schema.ts'
import { change, type Upgraded } from './change.ts'

/** The routes went away; their bodies go to PATCH /tickets/{ticket_id} (CONTRACT §3.4). */
export const ticketStatusAndAssignRoutes = change({
  id: 'ticket-status-and-assign-routes',
  kind: 'route',
  summary:
    'PATCH /tickets/{ticket_id}/status and /assign are now PATCH /tickets/{ticket_id}; `reason` is `assignment_reason`.',
  deprecated: '2025-09-07',
  endpoints: { body: ['tickets.assign'] },
  routes: { 'tickets.setStatus': 'tickets.update', 'tickets.assign': 'tickets.update' },
  retired: { reason: { use: 'assignment_reason', schema: maybe(text({ max: 500 })) } },
  current: ['assignment_reason'],
  up: ({ reason }): Upgraded => ({ fields: { assignment_reason: reason } }),
  down: ({ assignment_reason }) => ({ reason: assignment_reason }),
})
