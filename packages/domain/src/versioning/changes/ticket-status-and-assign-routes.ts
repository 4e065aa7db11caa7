import { nullish, text } from '../../schema/json-type.ts'
import { change, type Upgraded } from './change.ts'

/** Two routes were retired; PATCH /tickets/{ticket_id} takes their bodies (existing backend: retired ticket routes). */
export const ticketStatusAndAssignRoutes = change({
  id: 'ticket-status-and-assign-routes',
  kind: 'route',
  summary:
    'PATCH /tickets/{ticket_id}/status and /assign are now PATCH /tickets/{ticket_id}; `reason` is `assignment_reason`.',
  deprecated: '2025-09-07',
  endpoints: { body: ['tickets.assign'] },
  routes: { 'tickets.setStatus': 'tickets.update', 'tickets.assign': 'tickets.update' },
  retired: { reason: { replacement: 'assignment_reason', type: nullish(text(0, 500)) } },
  current: ['assignment_reason'],
  upgrade: ({ reason }): Upgraded => ({ fields: { assignment_reason: reason } }),
  downgrade: ({ assignment_reason }) => ({ reason: assignment_reason }),
})
