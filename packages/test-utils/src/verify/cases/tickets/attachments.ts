import { sameJson } from '@ai-ticket-creator/domain/internal'
import type { ContractCase, Expect } from '../../model/case.ts'
import { FILE_ID, OTHER_FILE_ID } from '../../model/request-bodies.ts'
import { SPEC } from '../../model/spec-references.ts'

/** Attachments, deletion and retrieval of tickets. */
export const attachmentCases: readonly ContractCase[] = [
  {
    id: 'tickets.addAttachments/adds',
    title: 'New attachments are added to the existing ones, each once, and listed',
    endpoint: 'tickets.addAttachments',
    specReference: SPEC.contract,
    preconditions: ['a full ticket'],
    request: {
      endpoint: 'tickets.addAttachments',
      body: { attachments: [{ file_id: FILE_ID }, { file_id: OTHER_FILE_ID.toUpperCase() }] },
    },
    expect: { body: { attachments: [{ file_id: FILE_ID }, { file_id: OTHER_FILE_ID }] } },
    next: [
      { request: { endpoint: 'tickets.listAttachments' }, expect: listsFiles([FILE_ID, OTHER_FILE_ID]) },
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
    title: 'A ticket without attachments has an empty list',
    endpoint: 'tickets.listAttachments',
    specReference: SPEC.contract,
    preconditions: ['a ticket'],
    request: { endpoint: 'tickets.listAttachments' },
    expect: listsFiles([]),
  },
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

function listsFiles(ids: readonly string[]): Expect {
  const expected = ids.map((file_id) => ({ file_id }))
  return {
    check: ({ current }) =>
      sameJson(current, expected) ? undefined : { expected: JSON.stringify(expected), actual: 'another list' },
  }
}
