import { ENDPOINT_IDS, type Issue, type JsonObject } from '@ai-ticket-creator/domain'
import { CLEARED_BY_PUT } from '@ai-ticket-creator/domain/internal'
import { ProblemError } from '../../errors/problem-error.ts'
import { RawFailureError } from '../../errors/raw-failure.ts'
import { findTicket, toTicketReply } from '../../handlers/change-ticket.ts'
import type { Ports } from '../../ports/handler.ts'
import { isUnresolved, omit, onBody, onEndpoints, onIssues, withTicketWrites } from '../hook-builders.ts'
import { ALL, BEFORE_LATEST, CURRENT, LATEST, LEGACY, type Row } from '../hooks.ts'
import { foreignKeyFailure } from '../messages.ts'

/** The routes of one ticket. */
export const ticketWrites: readonly Row[] = [
  {
    id: 'tickets-without-token',
    profiles: LEGACY,
    source: 'authentication',
    summary: 'Of the ticket endpoints only the two creates need a token.',
    note: 'Tickets had no organization. A caller without a token counts as the first of the option `users`. With a user directory there is no first user, so a token is needed.',
    publicEndpoints: ENDPOINT_IDS.filter(
      (id) => id.startsWith('tickets.') && id !== 'tickets.create' && id !== 'tickets.createWithAi',
    ),
  },
  {
    id: 'removed-ticket-routes',
    profiles: CURRENT,
    source: 'retired-ticket-routes',
    summary:
      'PATCH …/status and …/assign of tickets do not exist: 404 `{"detail":"Not Found"}`, as for any unknown path.',
    removedRoutes: ['tickets.setStatus', 'tickets.assign'],
  },
  {
    id: 'ai-create-is-read-as-an-id',
    profiles: ALL,
    source: 'paths-and-redirects',
    assumed: true,
    summary:
      'GET, PUT and DELETE /tickets/ai-create match the route of one ticket: 422, because `ai-create` is not a UUID.',
    fallThroughPaths: ['/tickets/ai-create'],
  },
  {
    id: 'bodies-before-rows',
    profiles: CURRENT,
    source: 'order-of-checks',
    summary:
      'A body is validated before its row is read: an invalid one is a 422 also when the row does not exist, and a stored `resolution_summary` does not count.',
    handlers: {
      'integrations.update': async (call, next) => {
        await call.body()
        return next(call)
      },
      'tickets.replace': async (call, next) => {
        await call.body()
        return next(call)
      },
      'tickets.update': async (call, next) => {
        await call.body()
        return next(call)
      },
    },
  },
  {
    id: 'no-attachment-routes',
    profiles: BEFORE_LATEST,
    source: 'attachments-of-a-ticket',
    summary: 'Tickets have no routes for attachments: 404.',
    removedRoutes: ['tickets.addAttachments', 'tickets.listAttachments'],
  },
  {
    id: 'unknown-assignee-fails',
    profiles: ALL,
    source: 'create-a-ticket',
    assumed: true,
    summary: 'An unknown assignee is a 500 with the SQL of the statement, not a 422.',
    error: onEndpoints(['tickets.create', 'tickets.replace', 'tickets.update', 'tickets.assign'], (reply, failed) =>
      isUnknownAssignee(failed.error) ? foreignKeyFailure(reply, failed, 'assigned_to_id') : reply,
    ),
  },
  {
    id: 'assignees-of-any-organization',
    profiles: ALL,
    source: 'create-a-ticket',
    assumed: true,
    summary: 'A user of another organization is accepted as assignee.',
    note: 'With a user directory that does not list organizations, only users of the organization of the caller are accepted.',
    handlers: {
      'tickets.create': (call, next) => next(withAllUsers(call)),
      'tickets.replace': (call, next) => next(withAllUsers(call)),
      'tickets.update': (call, next) => next(withAllUsers(call)),
    },
  },
  {
    id: 'put-leaves-null-alone',
    profiles: BEFORE_LATEST,
    source: 'replace-a-ticket',
    assumed: true,
    summary: 'PUT ignores null, so it cannot clear a field.',
    body: onBody(['tickets.replace'], withoutNulls),
  },
  {
    id: 'put-wipes',
    profiles: LATEST,
    source: 'replace-a-ticket',
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
    source: 'replace-a-ticket',
    summary: 'PUT resolves and closes a ticket without `resolution_summary`.',
    issues: onIssues(['tickets.replace'], (issues) => issues.filter((issue) => !isSummaryMissing(issue))),
  },
  {
    id: 'put-sets-no-times',
    profiles: ALL,
    source: 'replace-a-ticket',
    summary: 'PUT with a status does not set `resolved_at` and `closed_at`.',
    handlers: {
      'tickets.replace': async (call, next) => {
        await next(
          withTicketWrites(call, (row, { resolved_at, closed_at } = row) => ({ ...row, resolved_at, closed_at })),
        )
        return { reply: await toTicketReply(call, await findTicket(call), call.clock()) }
      },
    },
  },
  {
    id: 'put-takes-any-integration',
    profiles: ALL,
    source: 'replace-a-ticket',
    assumed: true,
    summary: 'PUT stores an integration whatever its status; an unknown one is a 500 with SQL.',
    note: 'In legacy, a name without a usable integration is the 500.',
    error: onEndpoints(['tickets.replace'], (reply, failed) =>
      isUnresolved(failed.error) ? foreignKeyFailure(reply, failed, 'integration_id') : reply,
    ),
    handlers: {
      'tickets.replace': async (call, next) => {
        let requested: string | undefined
        return next({
          ...withTicketWrites(call, (row) => ({ ...row, integration_id: requested ?? row.integration_id })),
          body: async (stored) => {
            const { integration_id: id, ...fields } = await call.body(stored)
            requested = id?.toLowerCase()
            if (
              requested !== undefined &&
              (await call.store.integrations.find(call.organizationId, requested)) === undefined
            )
              throw new ProblemError('integration_not_found', 'no such row')
            return fields
          },
        })
      },
    },
  },
  {
    id: 'patch-sets-no-times',
    profiles: CURRENT,
    source: 'update-a-ticket',
    summary: 'PATCH with a status does not set `resolved_at` and `closed_at`.',
    handlers: {
      'tickets.update': async (call, next) => {
        await next(
          withTicketWrites(call, (row, { resolved_at, closed_at } = row) => ({ ...row, resolved_at, closed_at })),
        )
        return { reply: await toTicketReply(call, await findTicket(call), call.clock()) }
      },
    },
  },
  {
    id: 'patch-has-tighter-limits',
    profiles: CURRENT,
    source: 'update-a-ticket',
    summary: 'PATCH accepts titles of up to 200 and descriptions of up to 10000 characters, fewer than create.',
    issues: onIssues(['tickets.update'], (issues, raw) => [
      ...issues,
      ...Object.entries(PATCH_LIMITS).flatMap(([name, max]) => tooLong(name, raw[name], max)),
    ]),
  },
  {
    id: 'patch-drops-nulls',
    profiles: CURRENT,
    source: 'update-a-ticket',
    summary: 'PATCH ignores null; a body without any other value is a 400 with a text.',
    body: onBody(['tickets.update'], (fields) => {
      const given = withoutNulls(fields)
      if (Object.keys(given).length > 0) return given
      throw new RawFailureError(400, 'At least one field must be provided for update')
    }),
  },
  {
    id: 'patch-ignores-fields',
    profiles: CURRENT,
    source: 'update-a-ticket',
    summary: 'PATCH accepts `due_date`, `tags` and `assignment_reason` and does not store them.',
    handlers: {
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
    source: 'validation-errors',
    assumed: true,
    summary: 'A status of resolved or closed without a summary is a 422 with one item about the whole body.',
    issues: onIssues(['tickets.update', 'tickets.setStatus'], (issues) =>
      issues.map((issue) => (isSummaryMissing(issue) ? { ...issue, type: 'value_error', loc: ['body'] } : issue)),
    ),
  },
]

/** A call that finds the users of every organization. */
const withAllUsers = <Call extends Pick<Ports, 'users'>>(call: Call): Call => ({
  ...call,
  users: {
    ...call.users,
    async find(organizationId: string, id: string) {
      const others = (await call.users.organizations?.()) ?? []
      for (const organization of [organizationId, ...others]) {
        const user = await call.users.find(organization, id)
        if (user !== undefined) return user
      }
      return undefined
    },
  },
})

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
