import type { JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { Made, Row } from './case-context.ts'
import type { CaseRequest } from './case-request.ts'
import { describeAnswer, describeRequest } from './describe.ts'
import { statusOf } from './match-reply.ts'
import type { Reply } from './observed-reply.ts'
import type { GivenName } from './precondition-names.ts'
import { createIntegration, createTicket, integrationBody, priorityAt, ticketBody } from './request-bodies.ts'

/** What a case is given could not be made or found. */
export class PreconditionFailed extends Error {}

/** There is nothing to look at, which is no fault. */
export class NothingToInspect extends Error {}

interface Maker {
  readonly tag: string
  readonly ask: (ask: CaseRequest, ids?: Readonly<Record<string, string>>) => Promise<Reply>
}

interface Precondition {
  readonly make: (maker: Maker, made: Made) => Promise<Partial<Made>>
  /** Where nothing may be made. */
  readonly find?: (maker: Maker) => Promise<Partial<Made>>
}

const preconditions: Readonly<Record<GivenName, Precondition>> = {
  'an integration': {
    make: async (maker) => ({ integrations: [await newIntegration(maker, {})] }),
    find: async (maker) => ({ integrations: await someOf(maker, 'integrations.list') }),
  },
  'a disabled integration': {
    make: async (maker) => ({ integrations: [await newIntegration(maker, { enabled: false })] }),
  },
  'an integration without credentials': {
    make: async (maker) => ({ integrations: [await newIntegration(maker, { credentials: undefined })] }),
  },
  'an integration of another platform': {
    make: async ({ tag, ask }) => ({
      integrations: [await made(ask, createIntegration(integrationBody(tag, 'trello')))],
    }),
  },
  'a deleted integration': {
    async make(maker) {
      const row = await newIntegration(maker, {})
      await remove(maker, { endpoint: 'integrations.delete' }, { integration_id: row.id })
      return { integrations: [row] }
    },
  },
  'two integrations of one name': {
    make: async (maker) => ({ integrations: [await newIntegration(maker, {}), await newIntegration(maker, {})] }),
  },
  'five integrations': {
    // One after the other: their order is what is looked at.
    make: async ({ tag, ask }) => ({
      integrations: await inTurn([
        () => made(ask, createIntegration(integrationBody(`${tag} c`, 'jira', { description: 'first' }))),
        () => made(ask, createIntegration(integrationBody(`${tag} a`, 'slack', { supports_categories: ['bug'] }))),
        () => made(ask, createIntegration(integrationBody(`${tag} e`, 'zendesk', { enabled: false }))),
        () => made(ask, createIntegration(integrationBody(`${tag} b`, 'slack', { supports_categories: ['billing'] }))),
        () => made(ask, createIntegration(integrationBody(`${tag} d`, 'hubspot', { supports_categories: [] }))),
      ]),
    }),
  },
  'a ticket': {
    make: async ({ tag, ask }) => ({ tickets: [await made(ask, createTicket(ticketBody(tag)))] }),
    find: async (maker) => ({ tickets: await someOf(maker, 'tickets.list') }),
  },
  'a full ticket': {
    make: async ({ tag, ask }) => ({ tickets: [await made(ask, createTicket(fullTicket(tag)))] }),
  },
  'a deleted ticket': {
    async make(maker) {
      const row = await made(maker.ask, createTicket(ticketBody(maker.tag)))
      await remove(maker, { endpoint: 'tickets.delete' }, { ticket_id: row.id })
      return { tickets: [row] }
    },
  },
  'a ticket with that integration': {
    async make({ tag, ask }, { integrations: [integration] }) {
      const body = ticketBody(tag, { integration_id: integration?.id, create_externally: false })
      return { tickets: [await made(ask, createTicket(body))] }
    },
  },
  'five tickets': {
    make: async ({ tag, ask }) => ({
      tickets: await inTurn(
        ['c', 'a', 'e', 'b', 'd'].map(
          (letter, index) => () =>
            made(
              ask,
              createTicket(
                ticketBody(`${tag} ${letter}`, {
                  priority: priorityAt(index),
                  urgency: priorityAt(index + 1),
                  category: index < 2 ? 'bug' : 'billing',
                  department: index < 2 ? tag : `${tag} elsewhere`,
                  attachments: index < 2 ? [{ file_id: FILE }] : null,
                }),
              ),
            ),
        ),
      ),
    }),
  },
}

/** A file by reference: the API does not look at it. */
export const FILE = 'a0000000-0000-4000-8000-0000000000f1'

/** A ticket in which every field of the create is set that needs no other row. */
export const fullTicket = (tag: string): JsonObject =>
  ticketBody(tag, {
    category: 'billing',
    priority: 'high',
    urgency: 'low',
    department: 'Accounts',
    custom_fields: { cost_center: 42, nested: { list: [1, null, 'x'] } },
    attachments: [{ file_id: FILE }],
  })

/** Makes what a case is given, or finds it where nothing may be made. */
export async function setUp(names: readonly GivenName[], maker: Maker, readOnly: boolean): Promise<Made> {
  let made: Made = { integrations: [], tickets: [] }
  for (const name of names) {
    const { make, find } = preconditions[name]
    const more = readOnly ? await find?.(maker) : await make(maker, made)
    made = { ...made, ...more }
  }
  return made
}

/** Whether something can be found where nothing may be made. */
export const canBeFound = (name: GivenName): boolean => preconditions[name].find !== undefined

const newIntegration = ({ tag, ask }: Maker, fields: JsonObject): Promise<Row> =>
  made(ask, createIntegration(integrationBody(tag, 'jira', fields)))

async function made(ask: Maker['ask'], request: CaseRequest): Promise<Row> {
  const reply = await ask(request)
  expectSuccess(reply)
  if (!isRow(reply.fields)) throw new PreconditionFailed(`${describeRequest(reply)} shows no \`id\``)
  return reply.fields
}

async function remove({ ask }: Maker, request: CaseRequest, ids: Readonly<Record<string, string>>): Promise<void> {
  expectSuccess(await ask(request, ids))
}

async function someOf({ ask }: Maker, endpoint: 'integrations.list' | 'tickets.list'): Promise<readonly Row[]> {
  const reply = await ask({ endpoint })
  expectSuccess(reply)
  const items = isJsonObject(reply.current) ? reply.current['items'] : reply.current
  const rows = Array.isArray(items) ? items.filter(isRow) : []
  if (rows.length === 0)
    throw new NothingToInspect(`there is no ${endpoint === 'tickets.list' ? 'ticket' : 'integration'} to look at`)
  return rows
}

function expectSuccess(reply: Reply): void {
  if (reply.status === statusOf({}, reply)) return
  throw new PreconditionFailed(`${describeRequest(reply)} is answered with ${describeAnswer(reply)}`)
}

const isRow = (value: unknown): value is Row => isJsonObject(value) && typeof value['id'] === 'string'

async function inTurn<T>(tasks: readonly (() => Promise<T>)[]): Promise<readonly T[]> {
  const results: T[] = []
  for (const task of tasks) results.push(await task())
  return results
}
