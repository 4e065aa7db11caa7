import { readFile } from 'node:fs/promises'
import { MigrationFailedError, MigrationRefusedError } from '../errors.ts'
import type { Migration } from '../migration.ts'
import type { TicketNameChoice } from '../runner/ticket-names.ts'
import type { Settings } from './arguments.ts'
import { readBackup, writeBackup } from './backup-file.ts'
import { ask, confirm, isBeforeFirstStep } from './confirm.ts'
import { formatPlan, formatPlans, formatRehearsal, formatReport, formatStatements, formatStatus } from './format.ts'
import { formatNames, parseNames } from './names-csv.ts'
import type { ProcessIo } from './process-io.ts'
import { createProgress } from './progress.ts'
import { rehearse, type Server } from './rehearse.ts'

/** What a command prints. `isRefused`: the command found something that a person must decide, and exits with 1. */
interface Output {
  readonly value: unknown
  readonly text: string
  readonly isRefused?: boolean
}

type Run = (migration: Migration, settings: Settings, io: ProcessIo, server: Server) => Promise<Output>

/** The commands by name. */
export const commands: Readonly<Record<Settings['command'], Run>> = {
  async plan(migration) {
    const plan = await migration.plan()
    return { value: plan, text: formatPlan(plan), isRefused: plan.findings.some(({ level }) => level === 'stop') }
  },

  async apply(migration, settings, io) {
    const choices = settings.names === undefined ? undefined : await readNames(settings.names)
    const plan = await migration.plan()
    if (settings.dryRun) return { value: plan, text: formatStatements(plan, settings.to) }

    if (!settings.yes) await confirm(plan, 'apply', settings, io)
    if (settings.backup !== undefined && isBeforeFirstStep(plan))
      await writeBackup(settings.backup, (write) => migration.backup(write))
    if (choices !== undefined) await migration.chooseIntegrations(choices)
    const status = await migration.apply(targetOf(settings))
    return { value: status, text: formatStatus(status) }
  },

  async verify(migration, { plans }) {
    if (plans === true) {
      const found = await migration.queryPlans()
      return { value: found, text: formatPlans(found) }
    }
    const problems = await migration.verify()
    const text = problems.length === 0 ? 'Every applied step is right.\n' : `${problems.join('\n')}\n`
    return { value: { problems }, text, isRefused: problems.length > 0 }
  },

  async rehearse(_, { file = '', schema }, { stderr }, server) {
    const rehearsal = await rehearse(server, { file, schema, onProgress: createProgress(stderr) })
    return { value: rehearsal, text: formatRehearsal(rehearsal), isRefused: rehearsal.problems.length > 0 }
  },

  async undo(migration, settings, io) {
    if (!settings.yes) await confirm(await migration.plan(), 'undo', settings, io)
    const status = await migration.undo(targetOf(settings))
    return { value: status, text: formatStatus(status) }
  },

  async status(migration) {
    const status = await migration.status()
    return { value: status, text: formatStatus(status) }
  },

  async report(migration) {
    const { findings } = await migration.plan()
    const report = { findings, ...(await migration.status()), problems: await migration.verify() }
    return { value: report, text: formatReport(report) }
  },

  async names(migration) {
    const names = await migration.ticketNames()
    return { value: names, text: formatNames(names) }
  },

  async backup(migration, { file = '' }) {
    const done = await writeBackup(file, (write) => migration.backup(write))
    return { value: done, text: `${file} has ${done.rows} rows\n` }
  },

  async restore(migration, { file = '', replace = false, yes }, io) {
    if (replace && !yes) await ask('This gives both tables the rows of the backup: every later change is lost.', io)
    const done = await migration.restore(readBackup(file), { replace })
    return { value: done, text: `${done.rows} rows are restored\n` }
  },
}

const targetOf = ({ to }: Settings) => (to === undefined ? {} : { to })

async function readNames(file: string): Promise<readonly TicketNameChoice[]> {
  try {
    return parseNames(await readFile(file, 'utf8'))
  } catch (error) {
    if (error instanceof MigrationRefusedError) throw error
    throw new MigrationFailedError(`cannot read the file of names: ${String(error)}`)
  }
}
