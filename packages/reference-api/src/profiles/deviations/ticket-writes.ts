import { ENDPOINT_IDS, type Issue, type JsonObject } from '@ai-ticket-creator/domain'
import { CLEARED_BY_PUT, isJsonObject } from '@ai-ticket-creator/domain/internal'
import { ProblemError } from '../../errors/problem-error.ts'
import { RawFailure } from '../../errors/raw-failure.ts'
import { findTicket, show } from '../../handlers/change-ticket.ts'
import { isUnresolved, omit, onBody, onFaults, writingTickets } from '../hook-builders.ts'
import { ALL, C, C2, L, L_C1, on, type Row } from '../hooks.ts'
import { failureOf, sqlReply } from '../messages.ts'

/** The routes of one ticket. */
export const ticketWrites: readonly Row[] = [
  {
    id: 'tickets-without-token',
    profiles: L,
    contract: '§1.2',
    summary: 'Only the two creates of tickets ask for a token.',
    note: 'Rows of tickets had no organization: who comes without a token is taken for the first of `users`. A directory of your own has no first; then a token is asked for.',
    open: ENDPOINT_IDS.filter(
      (id) => id.startsWith('tickets.') && id !== 'tickets.create' && id !== 'tickets.createWithAi',
    ),
  },
  {
    id: 'removed-ticket-routes',
    profiles: C,
    contract: '§1.2',
    summary: 'PATCH …/status and …/assign of tickets are gone: 404 `{"detail":"Not Found"}`, as any unknown path.',
    removedRoutes: ['tickets.setStatus', 'tickets.assign'],
  },
  {
    id: 'no-attachment-routes',
    profiles: L_C1,
    contract: '§1.2',
    summary: 'Tickets have no routes for attachments: 404.',
    removedRoutes: ['tickets.addAttachments', 'tickets.listAttachments'],
  },
  {
    id: 'unknown-assignee-fails',
    profiles: ALL,
    contract: '§3.1, §6.2',
    assumed: true,
    summary: 'An assignee whom nobody knows is a 500 with the SQL of the statement, not a 422.',
    error: on(['tickets.create', 'tickets.replace', 'tickets.update', 'tickets.assign'], (reply, about) =>
      isUnknownAssignee(about.error) ? sqlReply(reply, about, 'assigned_to_id') : reply,
    ),
  },
  {
    id: 'put-leaves-null-alone',
    profiles: L_C1,
    contract: '§3.2',
    assumed: true,
    summary: 'PUT leaves fields that are null alone, so that it can clear nothing.',
    body: onBody(['tickets.replace'], withoutNulls),
  },
  {
    id: 'put-wipes',
    profiles: C2,
    contract: '§3.2',
    summary:
      'PUT clears assignee, department, summary, notes, custom fields and attachments when they are absent or null, and leaves the other fields alone.',
    body: onBody(['tickets.replace'], (fields) => ({
      ...Object.fromEntries(CLEARED_BY_PUT.map((name) => [name, null])),
      ...withoutNulls(fields),
    })),
  },
  {
    id: 'put-needs-no-summary',
    profiles: ALL,
    contract: '§3.2',
    summary: 'PUT resolves and closes a ticket without `resolution_summary`.',
    faults: onFaults(['tickets.replace'], (issues) => issues.filter((issue) => !isSummaryMissing(issue))),
  },
  {
    id: 'put-sets-no-times',
    profiles: ALL,
    contract: '§3.2',
    summary: 'PUT with a status does not move `resolved_at` and `closed_at`.',
    around: {
      'tickets.replace': async (call, next) => {
        await next(
          writingTickets(call, (row, { resolved_at, closed_at } = row) => ({ ...row, resolved_at, closed_at })),
        )
        return { reply: await show(call, await findTicket(call), call.clock()) }
      },
    },
  },
  {
    id: 'put-takes-any-integration',
    profiles: ALL,
    contract: '§3.2',
    assumed: true,
    summary: 'PUT stores an integration whatever its status; one that is not there is a 500 with SQL.',
    note: 'On the legacy wire a name has to mean a usable integration, else it is the 500.',
    error: on(['tickets.replace'], (reply, about) =>
      isUnresolved(about.error) ? sqlReply(reply, about, 'integration_id') : reply,
    ),
    around: {
      'tickets.replace': async (call, next) => {
        let asked: string | undefined
        return next({
          ...writingTickets(call, (row) => ({ ...row, integration_id: asked ?? row.integration_id })),
          body: async (stored) => {
            const { integration_id: id, ...fields } = await call.body(stored)
            asked = id?.toLowerCase()
            if (asked !== undefined && (await call.store.integrations.find(call.organizationId, asked)) === undefined)
              throw new ProblemError('integration_not_found', 'no such row')
            return fields
          },
        })
      },
    },
  },
  {
    id: 'patch-has-tighter-limits',
    profiles: C,
    contract: '§3.3',
    summary: 'PATCH takes titles of up to 200 characters and descriptions of up to 10000: less than create does.',
    faults: onFaults(['tickets.update'], (issues, raw) => [
      ...issues,
      ...Object.entries(PATCH_LIMITS).flatMap(([name, max]) => tooLong(name, raw[name], max)),
    ]),
  },
  {
    id: 'patch-drops-nulls',
    profiles: C,
    contract: '§3.3',
    summary:
      'PATCH leaves fields that are null alone; when nothing else is there, or nothing at all, it is a 400 with a text.',
    body: onBody(['tickets.update'], (fields) => {
      const given = withoutNulls(fields)
      if (Object.keys(given).length > 0) return given
      throw new RawFailure(400, 'At least one field must be provided for update')
    }),
  },
  {
    id: 'patch-forgets',
    profiles: C,
    contract: '§3.3',
    summary: 'PATCH takes `due_date`, `tags` and `assignment_reason` and does not store them.',
    around: {
      'tickets.update': (call, next) =>
        next({
          ...call,
          body: async (stored) => omit(await call.body(stored), ['due_date', 'tags', 'assignment_reason']),
        }),
    },
  },
  {
    id: 'missing-summary-is-a-rule-of-the-body',
    profiles: ALL,
    contract: '§3.3, §3.4, §4',
    assumed: true,
    summary: 'A status of resolved or closed without a summary is refused by one item over the whole body.',
    faults: onFaults(['tickets.update', 'tickets.setStatus'], (issues) =>
      issues.map((issue) => (isSummaryMissing(issue) ? { ...issue, type: 'value_error', loc: ['body'] } : issue)),
    ),
  },
  {
    id: 'attachments-fail-after-saving',
    profiles: C2,
    contract: '§1.2',
    summary: 'POST …/attachments saves, then answers 500.',
    note: 'CONTRACT does not tell its body: it is that of the reference app.',
    around: {
      'tickets.addAttachments': async (call, next) => {
        await next(call)
        throw failureOf('tickets.addAttachments', "'Ticket' object has no attribute 'files'")
      },
    },
  },
  {
    id: 'attachments-as-files',
    profiles: C2,
    contract: '§1.2, §3.6',
    summary: 'GET …/attachments shows summaries of files, by `id`.',
    note: 'The fields are those of `files` in §3.6; what the app does not know of a file is made up.',
    reply: (reply, { endpointId }) =>
      endpointId === 'tickets.listAttachments' && Array.isArray(reply) ? reply.filter(isJsonObject).map(toFile) : reply,
  },
]

const PATCH_LIMITS = { title: 200, description: 10_000 } as const

function withoutNulls(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}

function tooLong(name: string, value: unknown, max: number): readonly Issue[] {
  if (typeof value !== 'string' || [...value.trim()].length <= max) return []
  const msg = `\`${name}\` must have at most ${max} characters`
  return [{ type: 'string_too_long', loc: ['body', name], msg, code: 'validation_failed' }]
}

const isSummaryMissing = ({ type, loc }: Issue): boolean => type === 'missing' && loc[1] === 'resolution_summary'

function isUnknownAssignee(error: unknown): boolean {
  if (!(error instanceof ProblemError) || typeof error.problem.detail === 'string') return false
  return error.problem.detail.some(({ type, loc }) => type === 'value_error' && loc[1] === 'assigned_to_id')
}

const toFile = ({ file_id: id }: JsonObject): JsonObject => ({
  id,
  filename: `${String(id)}.bin`,
  file_size: 0,
  file_type: 'other',
  mime_type: 'application/octet-stream',
  status: 'uploaded',
  created_at: '2025-09-01T00:00:00.000000Z',
})
