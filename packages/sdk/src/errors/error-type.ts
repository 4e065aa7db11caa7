import { ApiError } from './api-error.ts'
import { TicketCreatorError } from './base.ts'
import { ConnectionError } from './connection-errors.ts'

/** `error.type` for telemetry: HTTP status, network code or SDK error name; `_OTHER` for anything else. */
export function errorTypeOf(error: unknown): string {
  if (error instanceof ApiError) return String(error.status)
  if (error instanceof ConnectionError && error.code !== undefined) return error.code
  return error instanceof TicketCreatorError ? error.name : '_OTHER'
}
