import { anIntegration, aTicket } from '../packages/test-utils/dist/index.js'

const id = '00000000-0000-4000-8000-000000000001'
const ticket = { title: 'Printer on fire', description: 'In room 12.', integration_id: id }
const hundred = (create) => Array.from({ length: 100 }, (_, index) => create(index))

/**
 * One entry per benchmark: the request, its reply, and the number of calls per round. `replyToReads` is the reply to the
 * GET that the client sends before its first write. `limits` are the maximum ratios to plain `fetch`: `everythingOn` with
 * all features, `validationOff` without validation. `ratioOf` returns the measured ratio of another client.
 */
export const CASES = [
  {
    name: 'One object',
    calls: 5,
    path: `/integrations/${id}`,
    pattern: ['/integrations/{id}', { id }],
    reply: anIntegration({ id }),
    callWithSdk: (client) => client.integrations.retrieve(id),
    limits: { everythingOn: (ratioOf) => ratioOf('ky') + 1.4 },
  },
  {
    name: 'One write',
    calls: 5,
    method: 'POST',
    path: '/tickets/',
    pattern: ['/tickets/', {}],
    body: ticket,
    replyToReads: anIntegration({ id }),
    reply: aTicket({ ...ticket, integration_result: { success: true, integration_id: id } }),
    callWithSdk: (client) => client.tickets.create(ticket),
    limits: { everythingOn: (ratioOf) => ratioOf('ky') + 2 },
  },
  {
    name: 'A list of 100',
    calls: 1,
    path: '/tickets/',
    pattern: ['/tickets/', {}],
    reply: {
      items: hundred((index) => aTicket({ title: `Printer ${index} is on fire` })),
      total: 100,
      page: 1,
      size: 100,
      pages: 1,
      has_next: false,
      has_prev: false,
    },
    callWithSdk: (client) => client.tickets.list(),
    limits: { everythingOn: (ratioOf) => ratioOf('ky') + 0.2, validationOff: (ratioOf) => ratioOf('ky') + 0.1 },
  },
]
