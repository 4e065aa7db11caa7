import { sameJson } from '@ai-ticket-creator/domain/internal'
import type { Check, ContractCase } from '../model/case.ts'
import type { Row } from '../model/case-context.ts'
import { createTicket, FILE_ID } from '../model/request-bodies.ts'
import { SPEC } from '../model/spec-references.ts'

/** Deleting a row changes no other row. */
export const sideEffects: readonly ContractCase[] = [
  {
    id: 'integrations.delete/tickets-stay',
    title: 'The tickets of a deleted integration stay as they are',
    endpoint: 'integrations.delete',
    specReference: SPEC.contract,
    preconditions: ['an integration'],
    request: ({ tag, integration }) => createTicket(tag, { integration_id: integration.id }),
    expect: {},
    next: [
      { request: { endpoint: 'integrations.delete' }, expect: {} },
      {
        request: ({ replies: [ticket] }) => ({
          endpoint: 'tickets.retrieve',
          params: { ticket_id: String(ticket?.fields['id']) },
        }),
        expect: ({ replies: [ticket] }) => ({ check: checkUnchanged({ id: '', ...ticket?.fields }) }),
      },
    ],
  },
  {
    id: 'integrations.delete/only-this-one',
    title: 'Deleting an integration leaves another one with the same name alone',
    endpoint: 'integrations.delete',
    specReference: SPEC.contract,
    preconditions: ['two integrations with the same name'],
    request: { endpoint: 'integrations.delete' },
    expect: {},
    next: [
      {
        request: ({ integrations: [, other] }) => ({
          endpoint: 'integrations.retrieve',
          params: { integration_id: String(other?.id) },
        }),
        expect: ({ integrations: [, other] }) => ({
          body: { id: other?.id, name: other?.['name'], updated_at: other?.['updated_at'] },
        }),
      },
    ],
  },
  {
    id: 'tickets.delete/only-this-one',
    title: 'Deleting a ticket leaves another one with the same title and file, and their integration, alone',
    endpoint: 'tickets.delete',
    specReference: SPEC.contract,
    preconditions: ['an integration'],
    request: ({ tag, integration }) =>
      [0, 1].map(() =>
        createTicket(tag, {
          integration_id: integration.id,
          create_externally: false,
          attachments: [{ file_id: FILE_ID }],
        }),
      ),
    expect: {},
    next: [
      {
        request: ({ replies: [one] }) => ({
          endpoint: 'tickets.delete',
          params: { ticket_id: String(one?.fields['id']) },
        }),
        expect: {},
      },
      {
        request: ({ replies: [, other] }) => ({
          endpoint: 'tickets.retrieve',
          params: { ticket_id: String(other?.fields['id']) },
        }),
        expect: ({ replies: [, other] }) => ({ check: checkUnchanged({ id: '', ...other?.fields }) }),
      },
      {
        request: { endpoint: 'integrations.retrieve' },
        expect: ({ integration }) => ({ body: { id: integration.id, updated_at: integration['updated_at'] } }),
      },
    ],
  },
]

/** Compares a ticket with its earlier reply, field by field. */
function checkUnchanged(before: Row): Check {
  return ({ fields }) => {
    const changed = Object.keys(before).filter(
      (name) => name !== 'age_in_hours' && !sameJson(fields[name], before[name]),
    )
    return changed.length === 0
      ? undefined
      : { expected: 'the ticket as it was', actual: `other values of ${changed.join(', ')}` }
  }
}
