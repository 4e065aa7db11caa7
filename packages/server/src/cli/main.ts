import { createRedactor } from '@ai-ticket-creator/domain/internal'
import type { Database } from '../database/database.ts'
import { ServerError } from '../errors.ts'
import { secretsOf } from '../settings/secrets-of.ts'
import { readSettings, type Settings } from '../settings/settings.ts'
import type { ExitCode, ParsedCommand } from './command.ts'
import { parseArguments } from './parse-arguments.ts'
import type { ProcessIo } from './process-io.ts'

type OpenDatabase = (settings: Settings) => Promise<Database>

/** Runs the command and returns its exit code. */
export async function main(argv: readonly string[], openDatabase: OpenDatabase, io: ProcessIo): Promise<ExitCode> {
  const parsed = parseArguments(argv)
  if ('print' in parsed) {
    const stream = parsed.exitCode === 0 ? io.stdout : io.stderr
    stream.write(parsed.print)
    return parsed.exitCode
  }

  const { command } = parsed
  let settings: Settings
  try {
    settings = readSettings(io.env, command)
  } catch (error) {
    io.stderr.write(`${describe(error)}\n`)
    return 2
  }
  return run(command, settings, openDatabase, io)
}

async function run(
  { run: runCommand, json }: ParsedCommand,
  settings: Settings,
  openDatabase: OpenDatabase,
  io: ProcessIo,
): Promise<ExitCode> {
  let database: Promise<Database> | undefined
  try {
    return await runCommand({
      settings,
      io,
      open: () => (database ??= openDatabase(settings)),
      print: (value, text) => void io.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : text),
    })
  } catch (error) {
    io.stderr.write(`${createRedactor(secretsOf(settings)).redact(describe(error))}\n`)
    return 2
  } finally {
    // A database that could not be opened was reported above.
    await database?.then(
      ({ close }) => close(),
      () => {},
    )
  }
}

/** Any error that the operator cannot correct is a defect, and its report needs the stack. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof ServerError) return error.message
  if ('syscall' in error) return `The operating system reports: ${error.message}.`
  if ('severity' in error && 'code' in error && OPERATION.test(String(error.code)))
    return `The database refused: ${error.message}.`
  return String(error.stack)
}

/**
 * The SQLSTATE of errors that belong to the operation of a database: connections, a read-only transaction, passwords, missing
 * databases, missing privileges, resources, a shutdown, and errors of the system.
 */
const OPERATION = /^(?:08|25006|28|3D|42501|53|57|58)/
