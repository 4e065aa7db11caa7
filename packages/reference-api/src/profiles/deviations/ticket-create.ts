import type { EndpointId, Issue } from '@ai-ticket-creator/domain'
import { isJsonObject, isUuid } from '@ai-ticket-creator/domain/internal'
import { ProblemError } from '../../errors/problem-error.ts'
import { RawFailureError } from '../../errors/raw-failure.ts'
import type { HandlerCall } from '../../ports/handler.ts'
import type { ExternalTickets } from '../../ports/ports.ts'
import { isUnresolved, omit, onEndpoints, onIssues, withTicketWrites } from '../hook-builders.ts'
import { ALL, BEFORE_LATEST, CURRENT, type HandlerWrappers, LEGACY, type Row } from '../hooks.ts'
import { toLenientBoolean } from '../lenient-boolean.ts'
import { foreignKeyFailure } from '../messages.ts'

/** POST /tickets/ and /tickets/ai-create */
export const ticketCreate: readonly Row[] = [
  {
    id: 'priority-not-null',
    profiles: LEGACY,
    source: 'null-and-absent-fields',
    summary: '`priority: null` is a 422; the later revisions store `medium`.',
    issues: onIssues(['tickets.create'], (issues, { priority }) =>
      priority === null ? [...issues, priorityIsNull] : issues,
    ),
  },
  {
    id: 'files-are-dropped',
    profiles: BEFORE_LATEST,
    source: 'create-a-ticket',
    assumed: true,
    summary: '`file_ids` are validated and not stored.',
    // `file_ids` is no field of the current generation, so the parser does not validate it.
    issues: (issues, { endpointId, part, sent }) => {
      if (endpointId !== 'tickets.create' || part !== 'body' || !isJsonObject(sent)) return issues
      if (isListOfIds(sent['file_ids'] ?? []) || issues.some(({ loc }) => loc[1] === 'file_ids')) return issues
      return [...issues, { ...notAListOfIds, type: Array.isArray(sent['file_ids']) ? 'uuid_parsing' : 'list_type' }]
    },
    handlers: {
      'tickets.create': (call, next) => next({ ...call, body: async () => omit(await call.body(), ['attachments']) }),
      'tickets.createWithAi': (call, next) =>
        next({ ...call, body: async () => omit(await call.body(), ['uploaded_files']) }),
    },
  },
  {
    id: 'bad-attachments-fail',
    profiles: ['existing-latest'],
    source: 'error-texts',
    summary: 'Attachments without a file are answered with a 500 that has the intended status in its text.',
    notReproduced: 'The app stores no files, so it cannot check ids.',
  },
  {
    id: 'drafting-always-fails',
    profiles: CURRENT,
    source: 'create-a-ticket-with-ai',
    summary:
      'POST /tickets/ai-create always fails: with `integration_id` it is a 400, without one a 500. A blank `user_input` is not refused.',
    note: 'The text of the 400 is not recorded.',
    issues: onIssues(['tickets.createWithAi'], (issues, { user_input: text }) =>
      typeof text === 'string' && text.trim() === '' ? issues.filter(({ loc }) => loc[1] !== 'user_input') : issues,
    ),
    handlers: {
      'tickets.createWithAi': async (call) => {
        const { integration_id: id } = await call.body()
        if (typeof id === 'string') throw new RawFailureError(400, 'The ticket cannot be created with an integration')
        throw new Error("'organization_id' is an invalid keyword argument for Ticket")
      },
    },
  },
  {
    id: 'internal-ticket-takes-any-integration',
    profiles: ALL,
    source: 'file-a-ticket-with-an-integration',
    assumed: true,
    summary:
      'With `create_externally: false` the integration is stored whatever its status; an unknown one is a 500 with SQL.',
    note: 'In legacy, a name without a usable integration is the 500.',
    error: onEndpoints(['tickets.create'], (reply, failed) =>
      isUnresolved(failed.error) && isInternal(failed.json)
        ? foreignKeyFailure(reply, failed, 'integration_id')
        : reply,
    ),
    handlers: {
      'tickets.create': async (call, next) => {
        const body = await call.body()
        const { integration_id: id, create_externally: external } = body
        if (external !== false || typeof id !== 'string') return next(call)

        const integrationId = id.toLowerCase()
        if ((await call.store.integrations.find(call.organizationId, integrationId)) === undefined)
          throw new ProblemError('integration_not_found', 'no such row')
        return next({
          ...withTicketWrites(call, (row) => ({ ...row, integration_id: integrationId })),
          body: async () => omit(body, ['integration_id']),
        })
      },
    },
  },
  {
    id: 'unusable-integration-is-400',
    profiles: ALL,
    source: 'file-a-ticket-with-an-integration',
    assumed: true,
    summary: 'A ticket for an unknown or unusable integration is a 400 with one text for all reasons.',
    note: 'In legacy, which uses names, a name that several integrations share counts as unknown.',
    error: (reply, { error, endpointId, json }) => {
      if (!isCreate(endpointId) || !isUnresolved(error) || !isJsonObject(json) || isInternal(json)) return reply
      const requested = json['integration_id'] ?? json['integration']
      const detail = `Integration with ID '${String(requested)}' not found, not active, or not enabled`
      return { ...reply, status: 400, body: { detail } }
    },
  },
  {
    id: 'usable-means-enabled',
    profiles: ALL,
    source: 'file-a-ticket-with-an-integration',
    assumed: true,
    summary: 'An integration that is active but not enabled files no tickets.',
    handlers: {
      'tickets.create': async (call, next) => {
        await checkEnabled(call, (await call.body()).integration_id)
        return next(call)
      },
      'tickets.createWithAi': async (call, next) => {
        await checkEnabled(call, (await call.body()).integration_id)
        return next(call)
      },
    },
  },
  {
    id: 'only-jira-files-tickets',
    profiles: ALL,
    source: 'file-a-ticket-with-an-integration',
    assumed: true,
    summary: 'Only `jira` in exact case files tickets; for every other platform the creation fails.',
    note: 'The text is that of a test of such a platform.',
    handlers: wrapExternal((external) => async (ticket, integration) => {
      const { platform_name: platform } = integration
      if (platform === 'jira') return external(ticket, integration)
      return { outcome: 'refused', message: `Unsupported integration type: ${platform}` }
    }),
  },
  {
    id: 'lost-answer-is-a-failure',
    profiles: ALL,
    source: 'file-a-ticket-with-an-integration',
    assumed: true,
    summary:
      'When the platform does not answer, the ticket is removed as after a refusal, although the platform may have it.',
    handlers: wrapExternal((external) => async (ticket, integration) => {
      const outcome = await external(ticket, integration)
      return outcome.outcome === 'unknown' ? { outcome: 'refused', message: 'no answer' } : outcome
    }),
  },
  {
    id: 'failures-count-alike',
    profiles: ALL,
    source: 'status-and-enabled',
    assumed: true,
    summary: 'Every failed ticket counts towards `error`, whatever the reason; nothing sets `expired`.',
    handlers: wrapExternal((external) => async (ticket, integration) => {
      const outcome = await external(ticket, integration)
      return outcome.outcome === 'refused' ? omit(outcome, ['reason']) : outcome
    }),
  },
  {
    id: 'failed-creation-is-400',
    profiles: ALL,
    source: 'file-a-ticket-with-an-integration',
    assumed: true,
    summary:
      'A ticket that its platform refused is removed; the answer is a 400 that quotes the message of the platform unchanged.',
    handlers: {
      'tickets.create': (call, next) => quotePlatformMessage(call, next),
      'tickets.createWithAi': (call, next) => quotePlatformMessage(call, next),
    },
  },
  {
    id: 'response-of-jira',
    profiles: ALL,
    source: 'file-a-ticket-with-an-integration',
    assumed: true,
    summary: '`response` in `integration_result` has the fields of a Jira issue.',
    note: 'Fields that the port `external` does not return are derived from id and URL.',
    handlers: wrapExternal((external) => async (ticket, integration) => {
      const outcome = await external(ticket, integration)
      if (outcome.outcome !== 'created') return outcome
      const { id, url } = outcome
      const [project_key = id] = id.split('-')
      const derived = { key: id, id, url, self: url, project_key, issue_type: 'Task', summary: ticket.title }
      return { ...outcome, response: { ...derived, ...outcome.response } }
    }),
  },
]

const priorityIsNull: Issue = {
  type: 'enum',
  loc: ['body', 'priority'],
  msg: '`priority` must not be null',
  code: 'validation_failed',
}

const notAListOfIds: Issue = {
  type: 'uuid_parsing',
  loc: ['body', 'file_ids'],
  msg: '`file_ids` must be a list of UUIDs',
  code: 'validation_failed',
}

const isListOfIds = (value: unknown): boolean =>
  Array.isArray(value) && value.every((id) => typeof id === 'string' && isUuid(id))

const isInternal = (json: unknown): boolean =>
  isJsonObject(json) && toLenientBoolean(json['create_externally']) === false

const isCreate = (endpointId: EndpointId | undefined): boolean =>
  endpointId === 'tickets.create' || endpointId === 'tickets.createWithAi'

/** Changes the port `external` in both create handlers. */
function wrapExternal(change: (external: ExternalTickets) => ExternalTickets): HandlerWrappers {
  return {
    'tickets.create': (call, next) => next({ ...call, external: change(call.external) }),
    'tickets.createWithAi': (call, next) => next({ ...call, external: change(call.external) }),
  }
}

async function checkEnabled(
  { store, organizationId }: Pick<HandlerCall<'tickets.create'>, 'store' | 'organizationId'>,
  id: string | null | undefined,
): Promise<void> {
  if (typeof id !== 'string') return
  const row = await store.integrations.find(organizationId, id.toLowerCase())
  if (row?.status === 'active' && !row.enabled)
    throw new ProblemError('integration_unusable', 'the integration is not enabled', { reason: 'inactive' })
}

/** Runs a create. If the platform refuses the ticket, throws a 400 that quotes its message without redaction. */
async function quotePlatformMessage<Call extends Pick<HandlerCall<'tickets.create'>, 'external'>, Result>(
  call: Call,
  next: (call: Call) => Promise<Result>,
): Promise<Result> {
  let message = ''
  const external: ExternalTickets = async (ticket, integration) => {
    const outcome = await call.external(ticket, integration)
    if (outcome.outcome === 'refused') message = outcome.message ?? 'refused'
    return outcome
  }
  try {
    return await next({ ...call, external })
  } catch (error) {
    const isNotFiled =
      error instanceof ProblemError && ['external_creation_failed', 'not_supported'].includes(error.problem.code)
    throw isNotFiled ? new RawFailureError(400, `External ticket creation failed: ${message}`) : error
  }
}
