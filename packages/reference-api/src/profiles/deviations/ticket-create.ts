import type { EndpointId, Issue } from '@ai-ticket-creator/domain'
import { isJsonObject, isUuid } from '@ai-ticket-creator/domain/internal'
import { ProblemError } from '../../errors/problem-error.ts'
import { RawFailure } from '../../errors/raw-failure.ts'
import type { HandlerCall } from '../../ports/handler.ts'
import type { ExternalTickets } from '../../ports/ports.ts'
import { isUnresolved, omit, onFaults, writingTickets } from '../hook-builders.ts'
import { ALL, type Around, L, L_C1, on, type Row } from '../hooks.ts'
import { sqlReply } from '../messages.ts'

/** POST /tickets/ and /tickets/ai-create */
export const ticketCreate: readonly Row[] = [
  {
    id: 'priority-not-null',
    profiles: L,
    contract: '§3.1',
    summary: '`priority: null` is refused with 422; the current wire stores `medium`.',
    faults: onFaults(['tickets.create'], (issues, { priority }) =>
      priority === null ? [...issues, priorityIsNull] : issues,
    ),
  },
  {
    id: 'files-are-dropped',
    profiles: L_C1,
    contract: '§3.1',
    assumed: true,
    summary: '`file_ids` are checked and not stored.',
    // C1 speaks the current words otherwise, so nobody else looks at the old one.
    faults: (issues, { endpointId, part, sent }) => {
      if (endpointId !== 'tickets.create' || part !== 'body' || !isJsonObject(sent)) return issues
      if (isListOfIds(sent['file_ids'] ?? []) || issues.some(({ loc }) => loc[1] === 'file_ids')) return issues
      return [...issues, notAListOfIds]
    },
    around: {
      'tickets.create': (call, next) => next({ ...call, body: async () => omit(await call.body(), ['attachments']) }),
      'tickets.createWithAi': (call, next) =>
        next({ ...call, body: async () => omit(await call.body(), ['uploaded_files']) }),
    },
  },
  {
    id: 'bad-attachments-fail',
    profiles: ['existing-latest'],
    contract: '§4',
    summary: 'Attachments that are no files are a 500 with the intended status in its text.',
    notReproduced: 'The app keeps no files, so it can not tell which are there.',
  },
  {
    id: 'internal-ticket-takes-any-integration',
    profiles: ALL,
    contract: '§8',
    assumed: true,
    summary:
      'With `create_externally: false` the integration is stored whatever its status; one that is not there is a 500 with SQL.',
    note: 'On the legacy wire a name has to mean a usable integration, else it is the 500.',
    error: on(['tickets.create'], (reply, about) =>
      isUnresolved(about.error) && staysInside(about.json) ? sqlReply(reply, about, 'integration_id') : reply,
    ),
    around: {
      'tickets.create': async (call, next) => {
        const body = await call.body()
        const { integration_id: id, create_externally: external } = body
        if (external !== false || typeof id !== 'string') return next(call)

        const integrationId = id.toLowerCase()
        if ((await call.store.integrations.find(call.organizationId, integrationId)) === undefined)
          throw new ProblemError('integration_not_found', 'no such row')
        return next({
          ...writingTickets(call, (row) => ({ ...row, integration_id: integrationId })),
          body: async () => omit(body, ['integration_id']),
        })
      },
    },
  },
  {
    id: 'unusable-integration-is-400',
    profiles: ALL,
    contract: '§4, §8',
    assumed: true,
    summary: 'A ticket for an integration that is not there or not usable is a 400 with one text for all causes.',
    note: 'On the legacy wire, which names the integration, several of one name are taken to be none.',
    error: (reply, { error, endpointId, json }) => {
      if (!isCreate(endpointId) || !isUnresolved(error) || !isJsonObject(json) || staysInside(json)) return reply
      const asked = json['integration_id'] ?? json['integration']
      const detail = `Integration with ID '${String(asked)}' not found, not active, or not enabled`
      return { ...reply, status: 400, body: { detail } }
    },
  },
  {
    id: 'usable-means-enabled',
    profiles: ALL,
    contract: '§8',
    assumed: true,
    summary: 'An integration that is active but not enabled files no tickets.',
    around: {
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
    id: 'only-jira-takes-tickets',
    profiles: ALL,
    contract: '§8',
    assumed: true,
    summary: 'Only `jira` in exact case files tickets; every other platform is a failed creation.',
    note: 'The text is that of a test (§5).',
    around: filing((external) => async (ticket, integration) => {
      const { platform_name: platform } = integration
      if (platform === 'jira') return external(ticket, integration)
      return { outcome: 'refused', message: `Unsupported integration type: ${platform}` }
    }),
  },
  {
    id: 'lost-answer-is-a-failure',
    profiles: ALL,
    contract: '§8',
    assumed: true,
    summary: 'When the platform gives no answer, the ticket is removed as if it had refused, though it may have it.',
    around: filing((external) => async (ticket, integration) => {
      const outcome = await external(ticket, integration)
      return outcome.outcome === 'unknown' ? { outcome: 'refused', message: 'no answer' } : outcome
    }),
  },
  {
    id: 'failures-count-alike',
    profiles: ALL,
    contract: '§5',
    assumed: true,
    summary: 'Whatever a ticket fails of counts towards `error`; nothing makes an integration `expired`.',
    around: filing((external) => async (ticket, integration) => {
      const outcome = await external(ticket, integration)
      return outcome.outcome === 'refused' ? omit(outcome, ['because']) : outcome
    }),
  },
  {
    id: 'failed-creation-is-400',
    profiles: ALL,
    contract: '§4, §8',
    assumed: true,
    summary:
      'A ticket that its platform did not take is removed and is a 400 that quotes what the platform said, as it is.',
    around: {
      'tickets.create': (call, next) => orQuote(call, next),
      'tickets.createWithAi': (call, next) => orQuote(call, next),
    },
  },
  {
    id: 'response-of-jira',
    profiles: ALL,
    contract: '§8',
    assumed: true,
    summary: '`response` in the result of a creation has the fields of a Jira issue.',
    note: 'What the port `external` does not give is made up from the id and the address.',
    around: filing((external) => async (ticket, integration) => {
      const outcome = await external(ticket, integration)
      if (outcome.outcome !== 'created') return outcome
      const { id, url } = outcome
      const [project_key = id] = id.split('-')
      const made = { key: id, id, url, self: url, project_key, issue_type: 'Task', summary: ticket.title }
      return { ...outcome, response: { ...made, ...outcome.response } }
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

const staysInside = (json: unknown): boolean => isJsonObject(json) && json['create_externally'] === false

const isCreate = (endpointId: EndpointId | undefined): boolean =>
  endpointId === 'tickets.create' || endpointId === 'tickets.createWithAi'

/** The same change of the port at both creates. */
function filing(change: (external: ExternalTickets) => ExternalTickets): Around {
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

/** Runs a create; what the platform said is quoted without a look at what it holds. */
async function orQuote<Given extends Pick<HandlerCall<'tickets.create'>, 'external'>, Result>(
  call: Given,
  next: (call: Given) => Promise<Result>,
): Promise<Result> {
  let said = ''
  const external: ExternalTickets = async (ticket, integration) => {
    const outcome = await call.external(ticket, integration)
    if (outcome.outcome === 'refused') said = outcome.message ?? 'refused'
    return outcome
  }
  try {
    return await next({ ...call, external })
  } catch (error) {
    const failed =
      error instanceof ProblemError && ['external_creation_failed', 'not_supported'].includes(error.problem.code)
    throw failed ? new RawFailure(400, `External ticket creation failed: ${said}`) : error
  }
}
