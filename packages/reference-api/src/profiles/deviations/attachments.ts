import type { JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import { ProblemError } from '../../errors/problem-error.ts'
import { findTicket } from '../../handlers/change-ticket.ts'
import type { HandlerCall } from '../../ports/handler.ts'
import type { TicketRow } from '../../ports/rows.ts'
import { onBody, onIssues } from '../hook-builders.ts'
import { LATEST, type Row } from '../hooks.ts'
import { routeFailure } from '../messages.ts'

const NO_FILES = "'Ticket' object has no attribute 'files'"

/** POST and GET /tickets/{ticket_id}/attachments. These rows come before `parsing`, which drops the key `file_ids`. */
export const attachments: readonly Row[] = [
  {
    id: 'attachments-by-file-ids',
    profiles: LATEST,
    source: 'attachments-of-a-ticket',
    summary: 'POST …/attachments reads `file_ids`. `attachments` adds nothing. No id is validated.',
    body: onBody(['tickets.addAttachments'], ({ file_ids: ids }) => ({
      attachments: Array.isArray(ids) ? ids.map((file_id: unknown) => ({ file_id })) : [],
    })),
    issues: onIssues(['tickets.addAttachments'], () => []),
  },
  {
    id: 'attachments-fail-after-saving',
    profiles: LATEST,
    source: 'attachments-of-a-ticket',
    summary: 'POST …/attachments saves, then answers 500; also for an unknown ticket.',
    handlers: {
      'tickets.addAttachments': async (call, next) => {
        const { attachments: added } = await call.body()
        const isValid = added.every(({ file_id: id }) => typeof id === 'string' && /^[\da-f-]{36}$/i.test(id))
        if (isValid) await addIfFound(call, next)
        throw routeFailure('tickets.addAttachments', NO_FILES)
      },
    },
  },
  {
    id: 'attachments-as-files',
    profiles: LATEST,
    source: 'attachments-of-a-ticket',
    summary: 'GET …/attachments returns summaries of files, with `id`; their times end in `+00:00`.',
    note: 'The app stores no files, so all fields but `id` are placeholders.',
    reply: (reply, { endpointId }) =>
      endpointId === 'tickets.listAttachments' && Array.isArray(reply) ? reply.filter(isJsonObject).map(toFile) : reply,
  },
  {
    id: 'attachments-of-any-organization',
    profiles: LATEST,
    source: 'attachments-of-a-ticket',
    summary: 'GET …/attachments does not check the organization, and is an empty list for an unknown ticket.',
    note: 'With a user directory that does not list organizations, only the organization of the caller is searched.',
    handlers: {
      'tickets.listAttachments': async (call) => ({ reply: [...((await findAnywhere(call))?.attachments ?? [])] }),
    },
  },
]

async function findAnywhere(call: HandlerCall<'tickets.listAttachments'>): Promise<TicketRow | undefined> {
  const organizations = [call.organizationId, ...((await call.users.organizations?.()) ?? [])]
  const rows = await Promise.all(
    organizations.map((organizationId) => call.store.tickets.find(organizationId, call.params.ticket_id)),
  )
  return rows.find((row) => row !== undefined && row.deleted_at === null)
}

/** Adds the files; an unknown ticket is ignored, since the reply is the same 500. */
async function addIfFound(
  call: HandlerCall<'tickets.addAttachments'>,
  add: (call: HandlerCall<'tickets.addAttachments'>) => Promise<unknown>,
): Promise<void> {
  try {
    await findTicket(call)
    await add(call)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
  }
}

const toFile = ({ file_id: id }: JsonObject): JsonObject => ({
  id,
  filename: `${String(id)}.bin`,
  file_size: 0,
  file_type: 'other',
  mime_type: 'application/octet-stream',
  status: 'uploaded',
  created_at: '2025-09-01T00:00:00+00:00',
})
