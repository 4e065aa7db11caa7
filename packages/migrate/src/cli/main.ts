import { readFile } from 'node:fs/promises'
import type { Connection } from '../connect.ts'
import { MigrationFailedError, MigrationRefusedError } from '../errors.ts'
import { createMigration, type Migration } from '../migration.ts'
import type { TicketNameChoice } from '../runner/ticket-names.ts'
import { parseArguments, type Settings } from './arguments.ts'
import { readBackup, writeBackup } from './backup-file.ts'
import { ask, confirm, isBeforeFirstStep } from './confirm.ts'
import { formatPlan, formatReport, formatStatements, formatStatus } from './format.ts'
import { formatNames, parseNames } from './names-csv.ts'
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
    return await run(parsed.settings, migration, io)
  } catch (error) {
    io.stderr.write(`${withoutPassword(messageOf(error), url)}\n`)
    return error instanceof MigrationRefusedError ? REFUSED : COULD_NOT_RUN
  } finally {
    await connection?.close().catch(() => {})
  }
}

async function run(settings: Settings, migration: Migration, io: ProcessIo): Promise<number> {
  const { command, json } = settings
  const print = (value: unknown, text: string) => io.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : text)
  const target = settings.to === undefined ? {} : { to: settings.to }

  switch (command) {
    case 'plan': {
      const plan = await migration.plan()
      print(plan, formatPlan(plan))
      return plan.findings.some(({ level }) => level === 'stop') ? REFUSED : DONE
    }
    case 'verify': {
      const problems = await migration.verify()
      print({ problems }, problems.length === 0 ? 'Every applied step is right.\n' : `${problems.join('\n')}\n`)
      return problems.length === 0 ? DONE : REFUSED
    }
    case 'status': {
      const status = await migration.status()
      print(status, formatStatus(status))
      return DONE
    }
    case 'report': {
      const report = { ...(await migration.plan()), ...(await migration.status()), problems: await migration.verify() }
      print(report, formatReport(report))
      return DONE
    }
    case 'names': {
      const names = await migration.ticketNames()
      print(names, formatNames(names))
      return DONE
    }
    case 'backup': {
      const { file = '' } = settings
      const done = await writeBackup(file, (write) => migration.backup(write))
      print(done, `${file} has ${done.rows} rows\n`)
      return DONE
    }
    case 'restore': {
      const { file = '', replace = false } = settings
      if (replace && !settings.yes)
        await ask('This gives both tables the rows of the backup: every later change is lost.', io)
      const done = await migration.restore(readBackup(file), { replace })
      print(done, `${done.rows} rows are restored\n`)
      return DONE
    }
    case 'apply': {
      if (settings.names !== undefined) await migration.chooseIntegrations(await readNames(settings.names))
      const plan = await migration.plan()
      if (settings.dryRun) {
        print(plan, formatStatements(plan, settings.to))
        return DONE
      }
      if (!settings.yes) await confirm(plan, 'apply', settings, io)
      if (settings.backup !== undefined && isBeforeFirstStep(plan))
        await writeBackup(settings.backup, (write) => migration.backup(write))
      const status = await migration.apply(target)
      print(status, formatStatus(status))
      return DONE
    }
    case 'undo': {
      if (!settings.yes) await confirm(await migration.plan(), 'undo', settings, io)
      const status = await migration.undo(target)
      print(status, formatStatus(status))
      return DONE
    }
  }
}

async function readNames(file: string): Promise<readonly TicketNameChoice[]> {
  try {
    return parseNames(await readFile(file, 'utf8'))
  } catch (error) {
    if (error instanceof MigrationRefusedError) throw error
    throw new MigrationFailedError(`cannot read the file of names: ${String(error)}`)
  }
}

function messageOf(error: unknown): string {
  if (error instanceof MigrationRefusedError || error instanceof MigrationFailedError) return error.message
  return `stopped: ${String(error)}\nWhat was done is recorded; run the command again to continue, or undo to go back.`
}

/** PostgreSQL repeats no password, but a library could. */
function withoutPassword(message: string, url: string): string {
  const password = URL.parse(url)?.password ?? ''
  return [password, decodeURIComponent(password)].reduce(
    (text, secret) => (secret === '' ? text : text.replaceAll(secret, '[redacted]')),
    message,
  )
}
