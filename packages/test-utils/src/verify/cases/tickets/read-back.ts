import type { Step } from '../../model/case.ts'

/** GET of the ticket that the first reply returned. */
export const readCreated = (expect: Step['expect']): Step => ({
  request: ({ replies: [created] }) => ({
    endpoint: 'tickets.retrieve',
    params: { ticket_id: String(created?.fields['id']) },
  }),
  expect,
})

/** GET of the ticket of the preconditions. */
export const readTicket = (expect: Step['expect']): Step => ({ request: { endpoint: 'tickets.retrieve' }, expect })
