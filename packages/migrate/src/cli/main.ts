import { unescape as decode } from 'node:querystring'
import type { Connection } from '../connect.ts'
import { MigrationFailedError, MigrationRefusedError } from '../errors.ts'
import { createMigration } from '../migration.ts'
import { parseArguments, type Settings } from './arguments.ts'
import { commands } from './commands.ts'
import type { ProcessIo } from './process-io.ts'
import { createProgress } from './progress.ts'

const [DONE, REFUSED, COULD_NOT_RUN] = [0, 1, 2] as const

/** Runs the command and returns its exit code. */
export async function main(
  argv: readonly string[],
  connect: (url: string) => Promise<Connection>,
  io: ProcessIo,
): Promise<number> {
  const parsed = parseArguments(argv)
  if ('print' in parsed) {
    const stream = parsed.exitCode === 0 ? io.stdout : io.stderr
    stream.write(parsed.print)
    return parsed.exitCode
  }

  const url = io.env['DATABASE_URL'] ?? ''
  let connection: Connection | undefined
  try {
    if (url === '') throw new MigrationFailedError('DATABASE_URL is not set; see --help')
    connection = await connect(url)
    const { schema } = parsed.settings
    const migration = createMigration(connection, { schema, onProgress: createProgress(io.stderr) })
    const {
      value,
      text,
      isRefused = false,
    } = await commands[parsed.settings.command](migration, parsed.settings, io, {
      live: connection,
      open: (database) => connect(withDatabase(url, database)),
    })
    io.stdout.write(parsed.settings.json ? `${JSON.stringify(value, null, 2)}\n` : text)
    return isRefused ? REFUSED : DONE
  } catch (error) {
    io.stderr.write(`${withoutPassword(messageOf(error, parsed.settings), url)}\n`)
    return error instanceof MigrationRefusedError ? REFUSED : COULD_NOT_RUN
  } finally {
    await connection?.close().catch(() => {})
  }
}

function withDatabase(url: string, database: string): string {
  const other = new URL(url)
  other.pathname = `/${database}`
  return other.href
}

function messageOf(error: unknown, { command }: Settings): string {
  if (error instanceof MigrationRefusedError || error instanceof MigrationFailedError) return error.message
  const advice = '\nWhat was done is recorded; run the command again to continue, or undo to go back.'
  return `stopped: ${String(error)}${['apply', 'undo'].includes(command) ? advice : ''}`
}

/** Removes the password from a message. Messages of PostgreSQL do not contain it, but those of a library could. */
function withoutPassword(message: string, url: string): string {
  const parsed = URL.parse(url)
  const password = parsed?.password ?? ''
  // Unlike decodeURIComponent, this does not throw on a `%` that encodes nothing.
  return [password, decode(password), parsed?.searchParams.get('password') ?? ''].reduce(
    (text, secret) => (secret === '' ? text : text.replaceAll(secret, '[redacted]')),
    message,
  )
}
