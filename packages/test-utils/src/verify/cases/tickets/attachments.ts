import { isJsonObject, sameJson } from '@ai-ticket-creator/domain/internal'
import type { ContractCase, Expect } from '../../model/case.ts'
import { describeObserved } from '../../model/describe.ts'
import { FILE_ID, OTHER_FILE_ID } from '../../model/request-bodies.ts'
import { SPEC } from '../../model/spec-references.ts'

/** Attachments of tickets. */
export const attachmentCases: readonly ContractCase[] = [
  {
    id: 'tickets.addAttachments/adds',
    title: 'New attachments are added to the existing ones; duplicates are dropped',
    endpoint: 'tickets.addAttachments',
    specReference: SPEC.contract,
    preconditions: ['a full ticket'],
    request: {
      endpoint: 'tickets.addAttachments',
      body: { attachments: [{ file_id: FILE_ID }, { file_id: OTHER_FILE_ID.toUpperCase() }] },
    },
    expect: { body: { attachments: [{ file_id: FILE_ID }, { file_id: OTHER_FILE_ID }] } },
    next: [
      { request: { endpoint: 'tickets.listAttachments' }, expect: expectFiles([FILE_ID, OTHER_FILE_ID]) },
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
    expect: expectFiles([]),
  },
]

function expectFiles(ids: readonly string[]): Expect {
  const expected = ids.map((file_id) => ({ file_id }))
  return {
    check: ({ current }) =>
      sameJson(current, expected) ? undefined : { expected: describeFiles(expected), actual: describeFiles(current) },
  }
}

/** The ids of a list of files. */
function describeFiles(reply: unknown): string {
  if (!Array.isArray(reply)) return describeObserved(reply)
  const ids = reply.map((file: unknown) => describeObserved(isJsonObject(file) ? file['file_id'] : file))
  return `[${ids.join(', ')}]`
}
