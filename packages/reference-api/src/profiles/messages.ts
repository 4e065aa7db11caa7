import { type EndpointId, endpointOf } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import { RawFailureError } from '../errors/raw-failure.ts'
import type { ErrorReply, FailedRequest } from './hooks.ts'

// Only endpoints that the existing backend has: a request to any other endpoint is answered before this table is read.
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

/** The 500 of a route: a fixed text for integrations; for tickets the text of the exception is appended. */
export function routeFailure(endpointId: EndpointId, exception: string): RawFailureError {
  const text = `Failed to ${verbs[endpointId] ?? 'answer'}`
  const showsException = endpointOf(endpointId).path.startsWith('/tickets')
  return new RawFailureError(500, showsException ? `${text}: ${exception}` : text)
}

/** A column of tickets with a foreign key. */
type ReferenceColumn = 'assigned_to_id' | 'integration_id'

/** The database error of a missing reference, with statement and parameters. */
const foreignKeyError = (column: ReferenceColumn, parameters: Readonly<Record<string, unknown>>): string =>
  [
    `(psycopg2.errors.ForeignKeyViolation) insert or update on table "tickets" violates foreign key constraint "tickets_${column}_fkey"`,
    `DETAIL:  Key (${column})=(${String(parameters[column])}) is not present in its table.`,
    `[SQL: INSERT INTO tickets (${Object.keys(parameters).join(', ')}) VALUES (${Object.keys(parameters)
      .map((name) => `%(${name})s`)
      .join(', ')})]`,
    `[parameters: ${JSON.stringify(parameters)}]`,
  ].join('\n')

/** The 500 of a missing reference. It contains the whole body. */
export function foreignKeyFailure(
  reply: ErrorReply,
  { endpointId, json }: FailedRequest,
  column: ReferenceColumn,
): ErrorReply {
  if (endpointId === undefined) return reply
  const parameters = isJsonObject(json) ? json : {}
  const { status, detail } = routeFailure(endpointId, foreignKeyError(column, parameters))
  return { ...reply, status, body: { detail } }
}
