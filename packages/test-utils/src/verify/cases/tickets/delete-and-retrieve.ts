import type { ContractCase } from '../../model/case.ts'
import { SPEC } from '../../model/spec-references.ts'

/** Deleting and retrieving tickets. */
export const deleteAndRetrieveCases: readonly ContractCase[] = [
  {
    id: 'tickets.delete/gone',
    title: 'Deleting a ticket returns no body and removes it from the list',
    endpoint: 'tickets.delete',
    specReference: SPEC.contract,
    preconditions: ['a ticket'],
    request: { endpoint: 'tickets.delete' },
    expect: {},
    next: [
      {
        request: ({ tag }) => ({ endpoint: 'tickets.list', query: { q: tag } }),
        expect: { body: { total: 0, pages: 0 } },
      },
    ],
  },
  {
    id: 'tickets.retrieve/flags',
    title: '`include_ai_data` and `include_internal` do not change the reply',
    endpoint: 'tickets.retrieve',
    specReference: SPEC.fields,
    readOnly: true,
    preconditions: ['a ticket'],
    request: [{ include_ai_data: false }, { include_internal: true }].map((query) => ({
      endpoint: 'tickets.retrieve',
      query,
    })),
    expect: ({ ticket }) => ({
      body: { id: ticket.id, ai_analysis: ticket['ai_analysis'], internal_notes: ticket['internal_notes'] },
    }),
  },
]
