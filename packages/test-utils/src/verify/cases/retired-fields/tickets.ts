import type { ContractCase } from '../../model/case.ts'
import { FILE_ID, OTHER_FILE_ID, ticketBody } from '../../model/request-bodies.ts'
import { SPEC } from '../../model/spec-references.ts'

/** Retired fields of tickets. */
export const retiredTicketFields: readonly ContractCase[] = [
  {
    id: 'file-ids/attachments',
    title: '`file_ids` become attachments in the same order',
    endpoint: 'tickets.create',
    specReference: SPEC.migration,
    until: 'transitional',
    request: ({ tag }) => ({
      endpoint: 'tickets.create',
      verbatim: true,
      body: ticketBody(tag, { file_ids: [FILE_ID, OTHER_FILE_ID] }),
    }),
    expect: { body: { attachments: [{ file_id: FILE_ID }, { file_id: OTHER_FILE_ID }] } },
    next: [
      {
        request: ({ replies: [first] }) => ({
          endpoint: 'tickets.retrieve',
          params: { ticket_id: String(first?.fields['id']) },
        }),
        expect: { body: { attachments: [{ file_id: FILE_ID }, { file_id: OTHER_FILE_ID }] } },
      },
    ],
  },
  {
    id: 'file-ids/no-list',
    title: 'A `file_ids` that is not a list is refused, and the issue names `file_ids`',
    endpoint: 'tickets.create',
    specReference: SPEC.migration,
    until: 'transitional',
    request: ({ tag }) => ({
      endpoint: 'tickets.create',
      verbatim: true,
      body: ticketBody(tag, { file_ids: 'a-file' }),
    }),
    expect: { code: 'validation_failed', at: 'body.file_ids' },
  },
]
