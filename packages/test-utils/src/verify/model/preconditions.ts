import type { JsonObject, Platform } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { CreatedRows, Row } from './case-context.ts'
import type { CaseRequest } from './case-request.ts'
import { describeAnswer, describeRequest } from './describe.ts'
import { mayRefuseFiles } from './file-ids.ts'
import { InterruptedError, isInterruption } from './interruption.ts'
import { expectedStatus } from './match-reply.ts'
import type { Reply } from './observed-reply.ts'
import type { PreconditionName } from './precondition-names.ts'
import { createIntegration, createTicket, FILE_ID, fullTicket, priorityAt } from './request-bodies.ts'

/** The backend did not create the rows that a case needs. */
export class PreconditionFailedError extends Error {
  /** The backend may have refused the request because of its made-up file ids. */
  readonly mayRefuseFiles: boolean

  constructor(message: string, reply: Reply) {
    super(message)
    this.mayRefuseFiles = mayRefuseFiles(reply)
  }
}

/** Read-only mode: the backend has no row that a case could read. Not a failure. */
export class NothingToInspectError extends Error {}

export interface SetUpContext {
  readonly tag: string
  readonly send: (request: CaseRequest, ids?: Readonly<Record<string, string>>) => Promise<Reply>
}

/** Creates the preconditions of a case; in read-only mode, finds them among the existing rows. */
export async function setUp(
  names: readonly PreconditionName[],
  context: SetUpContext,
  readOnly: boolean,
): Promise<CreatedRows> {
  let rows: CreatedRows = { integrations: [], tickets: [] }
  for (const name of names) {
    const { create, find } = preconditions[name]
    const more = readOnly ? await find?.(context) : await create(context, rows)
    rows = { ...rows, ...more }
  }
  return rows
}

/** Whether read-only mode can find the precondition among the existing rows. */
export const canBeFound = (name: PreconditionName): boolean => preconditions[name].find !== undefined

interface Precondition {
  readonly create: (context: SetUpContext, rows: CreatedRows) => Promise<Partial<CreatedRows>>
  readonly find?: (context: SetUpContext) => Promise<Partial<CreatedRows>>
}

const preconditions: Readonly<Record<PreconditionName, Precondition>> = {
  'an integration': {
    create: async (context) => ({ integrations: [await newIntegration(context)] }),
    find: async (context) => ({ integrations: await findExisting(context, 'integrations.list') }),
  },
  'a disabled integration': {
    create: async (context) => ({ integrations: [await newIntegration(context, { enabled: false })] }),
  },
  'an integration without credentials': {
    create: async (context) => ({ integrations: [await newIntegration(context, { credentials: undefined })] }),
  },
  'an integration of another platform': {
    create: async (context) => ({ integrations: [await newIntegration(context, {}, 'trello')] }),
  },
  'a deleted integration': {
    async create(context) {
      const row = await newIntegration(context)
      await deleteRow(context, { endpoint: 'integrations.delete' }, { integration_id: row.id })
      return { integrations: [row] }
    },
  },
  'two integrations with the same name': {
    create: async (context) => ({ integrations: [await newIntegration(context), await newIntegration(context)] }),
  },
  'five integrations': { create: async (context) => ({ integrations: await createFiveIntegrations(context) }) },
  'a ticket': {
    create: async ({ tag, send }) => ({ tickets: [await createRow(send, createTicket(tag))] }),
    find: async (context) => ({ tickets: await findExisting(context, 'tickets.list') }),
  },
  'a full ticket': {
    create: async ({ tag, send }) => ({ tickets: [await createRow(send, createTicket(tag, fullTicket(tag)))] }),
  },
  'a deleted ticket': {
    async create(context) {
      const row = await createRow(context.send, createTicket(context.tag))
      await deleteRow(context, { endpoint: 'tickets.delete' }, { ticket_id: row.id })
      return { tickets: [row] }
    },
  },
  'a ticket with that integration': {
    async create({ tag, send }, { integrations: [integration] }) {
      const fields = { integration_id: integration?.id, create_externally: false }
      return { tickets: [await createRow(send, createTicket(tag, fields))] }
    },
  },
  'five tickets': { create: async (context) => ({ tickets: await createFiveTickets(context) }) },
}

const newIntegration = ({ tag, send }: SetUpContext, fields: JsonObject = {}, platform?: Platform): Promise<Row> =>
  createRow(send, createIntegration(tag, fields, platform))

// One after the other: list cases check the order of creation.
const createFiveIntegrations = ({ tag, send }: SetUpContext): Promise<readonly Row[]> =>
  createInOrder(send, [
    createIntegration(`${tag} c`, { description: 'first' }, 'jira'),
    createIntegration(`${tag} a`, { supports_categories: ['bug'] }, 'slack'),
    createIntegration(`${tag} e`, { enabled: false }, 'zendesk'),
    createIntegration(`${tag} b`, { supports_categories: ['billing'] }, 'slack'),
    createIntegration(`${tag} d`, { supports_categories: [] }, 'hubspot'),
  ])

/** Creates the tickets in another order than that of their titles, and gives two of them another status. */
async function createFiveTickets({ tag, send }: SetUpContext): Promise<readonly Row[]> {
  const rows = await createInOrder(
    send,
    ['c', 'a', 'e', 'b', 'd'].map((letter, index) =>
      createTicket(`${tag} ${letter}`, {
        priority: priorityAt(index),
        urgency: priorityAt(index + 1),
        category: ['bug', 'bug', 'billing', 'billing', 'security'][index],
        department: index < 2 ? tag : `${tag} elsewhere`,
        attachments: index < 2 ? [{ file_id: FILE_ID }] : null,
      }),
    ),
  )
  const changes: Readonly<Record<number, JsonObject>> = {
    2: { status: 'in_progress' },
    3: { status: 'closed', resolution_summary: 'found it' },
  }
  return await Promise.all(
    rows.map(async (row, index) => {
      const body = changes[index]
      return body === undefined ? row : await replaceTicket(send, row, body)
    }),
  )
}

// PUT of the latest existing backend clears absent fields, so the files and the department are sent again.
async function replaceTicket(send: SetUpContext['send'], row: Row, body: JsonObject): Promise<Row> {
  const unchanged = { department: row['department'], attachments: row['attachments'] }
  return await createRow((request) => send(request, { ticket_id: row.id }), {
    endpoint: 'tickets.replace',
    body: { ...unchanged, ...body },
  })
}

async function createInOrder(send: SetUpContext['send'], requests: readonly CaseRequest[]): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const request of requests) rows.push(await createRow(send, request))
  return rows
}

async function createRow(send: SetUpContext['send'], request: CaseRequest): Promise<Row> {
  const reply = await send(request)
  assertSuccess(reply)
  if (!isRow(reply.fields))
    throw new PreconditionFailedError(`the reply of ${describeRequest(reply)} has no \`id\``, reply)
  return reply.fields
}

async function deleteRow(
  { send }: SetUpContext,
  request: CaseRequest,
  ids: Readonly<Record<string, string>>,
): Promise<void> {
  assertSuccess(await send(request, ids))
}

async function findExisting(
  { send }: SetUpContext,
  endpoint: 'integrations.list' | 'tickets.list',
): Promise<readonly Row[]> {
  const reply = await send({ endpoint })
  assertSuccess(reply)
  const rows = entitiesIn(reply).filter(isRow)
  if (rows.length === 0)
    throw new NothingToInspectError(
      `the backend has no ${endpoint === 'tickets.list' ? 'ticket' : 'integration'} to read`,
    )
  return rows
}

function entitiesIn({ current }: Reply): readonly unknown[] {
  const items = isJsonObject(current) ? current['items'] : current
  return Array.isArray(items) ? items : []
}

function assertSuccess(reply: Reply): void {
  if (reply.status === expectedStatus({}, reply)) return
  if (isInterruption(reply)) throw new InterruptedError(reply)
  throw new PreconditionFailedError(`${describeRequest(reply)} returned ${describeAnswer(reply)}`, reply)
}

const isRow = (value: unknown): value is Row => isJsonObject(value) && typeof value['id'] === 'string'
