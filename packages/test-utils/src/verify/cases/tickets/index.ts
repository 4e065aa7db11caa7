import type { ContractCase, Expect } from '../../model/case.ts'
import { FILE } from '../../model/preconditions.ts'
import { SOURCES } from '../../model/spec-references.ts'
import { ticketChanges } from './changes.ts'
import { creation } from './creation.ts'
import { stats } from './stats.ts'
import { OTHER_FILE } from './values.ts'

/** Creating, changing and deleting tickets, and their counts. */
export const tickets: readonly ContractCase[] = [
  ...creation,
  ...ticketChanges,

  {
    id: 'tickets.addAttachments/adds',
    title: 'Attachments are added to those that are there, each once, and listed',
    endpoint: 'tickets.addAttachments',
    source: SOURCES.contract,
    given: ['a full ticket'],
    request: {
      endpoint: 'tickets.addAttachments',
      body: { attachments: [{ file_id: FILE }, { file_id: OTHER_FILE.toUpperCase() }] },
    },
    expect: { body: { attachments: [{ file_id: FILE }, { file_id: OTHER_FILE }] } },
    next: [
      { request: { endpoint: 'tickets.listAttachments' }, expect: listsFiles([FILE, OTHER_FILE]) },
      {
        request: { endpoint: 'tickets.addAttachments', body: { attachments: [] } },
        expect: { code: 'validation_failed', at: 'body.attachments' },
      },
      {
        request: { endpoint: 'tickets.addAttachments', body: { attachments: [{ file_id: 'a-file' }] } },
        expect: { code: 'validation_failed', at: 'body.attachments.0.file_id' },
      },
    ],
  },
  {
    id: 'tickets.listAttachments/none',
    title: 'A ticket without attachments lists none',
    endpoint: 'tickets.listAttachments',
    source: SOURCES.contract,
    given: ['a ticket'],
    request: { endpoint: 'tickets.listAttachments' },
    expect: listsFiles([]),
  },
  {
    id: 'tickets.delete/gone',
    title: 'A deleted ticket is answered with nothing, and is in no list',
    endpoint: 'tickets.delete',
    source: SOURCES.contract,
    given: ['a ticket'],
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
    title: '`include_ai_data` and `include_internal` change nothing',
    endpoint: 'tickets.retrieve',
    source: SOURCES.fields,
    reads: true,
    given: ['a ticket'],
    request: [{ include_ai_data: false }, { include_internal: true }].map((query) => ({
      endpoint: 'tickets.retrieve',
      query,
    })),
    expect: ({ ticket }) => ({
      body: { id: ticket.id, ai_analysis: ticket['ai_analysis'], internal_notes: ticket['internal_notes'] },
    }),
  },

  ...stats,
]

function listsFiles(ids: readonly string[]): Expect {
  const expected = JSON.stringify(ids.map((file_id) => ({ file_id })))
  return {
    holds: ({ current }) => (JSON.stringify(current) === expected ? undefined : { expected, actual: 'another list' }),
  }
}
