import type { JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject, sameJson } from '@ai-ticket-creator/domain/internal'
import type { ContractCase } from '../../model/case.ts'
import { FILE_ID } from '../../model/request-bodies.ts'
import { SPEC } from '../../model/spec-references.ts'
import { checkFiledWith } from './filing.ts'

/** Tickets drafted with AI. */
export const aiCases: readonly ContractCase[] = [
  {
    id: 'tickets.createWithAi/drafts',
    title: 'A create with AI returns the ticket with its analysis and its files',
    endpoint: 'tickets.createWithAi',
    specReference: SPEC.contract,
    request: ({ tag }) => ({
      endpoint: 'tickets.createWithAi',
      body: { user_input: `${tag}: the export is empty`, uploaded_files: [FILE_ID] },
    }),
    expect: {
      check: ({ fields }) => {
        const ticket = ticketIn(fields)
        const expected = { status: 'new', attachments: [{ file_id: FILE_ID }], ai_analysis: fields['ai_analysis'] }
        const differing = Object.entries(expected).flatMap(([name, value]) =>
          sameJson(ticket[name], value) ? [] : [name],
        )
        return differing.length === 0
          ? undefined
          : {
              expected: 'a new ticket with its file and its analysis',
              actual: `other values of ${differing.join(', ')}`,
            }
      },
    },
  },
  {
    id: 'tickets.createWithAi/unusable-integration',
    title: 'A create with AI for an inactive integration is refused',
    endpoint: 'tickets.createWithAi',
    specReference: SPEC.names,
    preconditions: ['a disabled integration'],
    request: ({ tag, integration }) => ({
      endpoint: 'tickets.createWithAi',
      body: { user_input: tag, integration_id: integration.id },
    }),
    expect: { code: 'integration_unusable', reason: 'inactive' },
  },
  {
    id: 'tickets.createWithAi/filed',
    title: 'A create with AI and an integration files the ticket on its platform',
    endpoint: 'tickets.createWithAi',
    specReference: SPEC.platforms,
    preconditions: ['an integration'],
    request: ({ tag, integration }) => ({
      endpoint: 'tickets.createWithAi',
      body: { user_input: tag, integration_id: integration.id },
    }),
    expect: ({ integration }) => ({
      check: (reply, context) => checkFiledWith(integration.id)({ ...reply, fields: ticketIn(reply.fields) }, context),
    }),
  },
]

function ticketIn({ ticket }: JsonObject): JsonObject {
  return isJsonObject(ticket) ? ticket : {}
}
