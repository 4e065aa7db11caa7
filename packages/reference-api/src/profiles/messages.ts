import { type EndpointId, endpointOf } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import { RawFailure } from '../errors/raw-failure.ts'
import type { Circumstances, ErrorReply } from './hooks.ts'

// Of the endpoints that the existing backend has: it gets no others.
const verbs: Readonly<Partial<Record<EndpointId, string>>> = {
  'integrations.create': 'create integration',
  'integrations.list': 'list integrations',
  'integrations.listActive': 'list active integrations',
  'integrations.retrieve': 'retrieve integration',
  'integrations.update': 'update integration',
  'integrations.delete': 'delete integration',
  'integrations.setStatus': 'update integration status',
  'integrations.test': 'test integration',
  'integrations.sync': 'sync integration',
  'integrations.activate': 'activate integration',
  'integrations.fields': 'retrieve integration fields',
  'tickets.list': 'list tickets',
  'tickets.create': 'create ticket',
  'tickets.createWithAi': 'create ticket',
  'tickets.stats': 'retrieve ticket statistics',
  'tickets.retrieve': 'retrieve ticket',
  'tickets.replace': 'update ticket',
  'tickets.update': 'update ticket',
  'tickets.setStatus': 'update ticket status',
  'tickets.assign': 'assign ticket',
  'tickets.delete': 'delete ticket',
  'tickets.addAttachments': 'add attachments',
  'tickets.listAttachments': 'list attachments',
}

/** The 500 of a route: integrations say a fixed sentence, tickets add the text of the exception (CONTRACT §4). */
export function failureOf(endpointId: EndpointId, exception: string): RawFailure {
  const sentence = `Failed to ${verbs[endpointId] ?? 'answer'}`
  const told = endpointOf(endpointId).path.startsWith('/tickets')
  return new RawFailure(500, told ? `${sentence}: ${exception}` : sentence)
}

/** A column of tickets that refers to another table. */
type ReferenceColumn = 'assigned_to_id' | 'integration_id'

/** What the database says of a reference that leads nowhere, with the statement and its parameters. */
const foreignKeyError = (column: ReferenceColumn, parameters: Readonly<Record<string, unknown>>): string =>
  [
    `(psycopg2.errors.ForeignKeyViolation) insert or update on table "tickets" violates foreign key constraint "tickets_${column}_fkey"`,
    `DETAIL:  Key (${column})=(${String(parameters[column])}) is not present in its table.`,
    `[SQL: INSERT INTO tickets (${Object.keys(parameters).join(', ')}) VALUES (${Object.keys(parameters)
      .map((name) => `%(${name})s`)
      .join(', ')})]`,
    `[parameters: ${JSON.stringify(parameters)}]`,
  ].join('\n')

/** The 500 for a reference that leads nowhere: the whole body is in it. */
export function sqlReply(reply: ErrorReply, { endpointId, json }: Circumstances, column: ReferenceColumn): ErrorReply {
  if (endpointId === undefined) return reply
  const parameters = isJsonObject(json) ? json : {}
  const { status, detail } = failureOf(endpointId, foreignKeyError(column, parameters))
  return { ...reply, status, body: { detail } }
}
