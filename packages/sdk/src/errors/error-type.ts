import { ApiError } from './api-error.ts'
import { TicketCreatorError } from './base.ts'
import { ConnectionError } from './connection-errors.ts'

/** A word for telemetry: a status, the network's word or the name of an error of ours; of others nothing is told. */

export function errorTypeOf(error: unknown): string {
  if (error instanceof ApiError) return String(error.status)
  if (error instanceof ConnectionError && error.code !== undefined) return error.code
  return error instanceof TicketCreatorError ? error.name : '_OTHER'
}
