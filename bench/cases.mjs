import { anIntegration, aTicket } from '../packages/test-utils/dist/index.js'

const id = '00000000-0000-4000-8000-000000000001'
const ticket = { title: 'Printer on fire', description: 'In room 12.', integration_id: id }
const many = (one) => Array.from({ length: 100 }, (_, index) => one(index))

/**
 * What is asked, what comes back, and how often per round. `before`: what the one read is answered with that precedes a
 * first write.
 */
export const CASES = [
  {
    name: 'One object',
    calls: 5,
    path: `/integrations/${id}`,
    pattern: ['/integrations/{id}', { id }],
    reply: anIntegration({ id }),
    ours: (client) => client.integrations.retrieve(id),
    bars: { on: (median) => median('ky') + 0.8, off: (median) => median('ky') + 0.3 },
  },
  {
    name: 'One write',
    calls: 5,
    method: 'POST',
    path: '/tickets/',
    pattern: ['/tickets/', {}],
    body: ticket,
    before: anIntegration({ id }),
    reply: aTicket({ ...ticket, integration_result: { success: true, integration_id: id } }),
    ours: (client) => client.tickets.create(ticket),
  },
  {
    name: 'A list of 100',
    calls: 1,
    path: '/tickets/',
    pattern: ['/tickets/', {}],
    reply: {
      items: many((index) => aTicket({ title: `Printer ${index} is on fire` })),
      total: 100,
      page: 1,
      size: 100,
      pages: 1,
      has_next: false,
      has_prev: false,
    },
    ours: (client) => client.tickets.list(),
    bars: { on: () => 1.6, off: () => 1.2 },
  },
]
