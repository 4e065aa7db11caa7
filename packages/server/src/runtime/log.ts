import { createRedactor } from '@ai-ticket-creator/domain/internal'
import { type Logger, pino, stdTimeFunctions } from 'pino'
import { secretsOf } from '../settings/secrets-of.ts'
import type { Settings } from '../settings/settings.ts'
import type { Observer } from './request-record.ts'

export type Log = Logger

/**
 * Logs lines of JSON. A line has a fixed set of fields, never headers or bodies. The secrets of the settings are removed
 * from errors, because a library could quote them.
 */
export const createLog = (settings: Settings, stream: { write(line: string): unknown }): Log =>
  pino(
    {
      level: settings.LOG_LEVEL,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      serializers: { error: serializeError(settings) },
    },
    { write: (line) => void stream.write(line) },
  )

/** Writes a line for each request. */
export const logRequest =
  (log: Log): Observer =>
  ({ requestId, ...record }) =>
    log.info({ request_id: requestId, ...record }, 'request')

/** Logs only these properties of an error. Database drivers add others, which contain values of rows. */
function serializeError(settings: Settings) {
  const { redact } = createRedactor(secretsOf(settings))
  return (error: unknown) =>
    error instanceof Error
      ? { name: error.name, message: redact(error.message), stack: redact(error.stack ?? ''), ...codeOf(error) }
      : { name: typeof error, message: redact(String(error)) }
}

const codeOf = (error: Error) => ('code' in error && typeof error.code === 'string' ? { code: error.code } : {})
