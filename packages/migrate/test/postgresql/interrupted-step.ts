import { expect } from 'vitest'
import { type Connection, createMigration, STEP_NAMES } from '../../src/index.ts'
import { insertCurrent } from '../legacy-tables.ts'
import { connectAfterRuns, runCommand } from './killable-run.ts'
import type { Ledger } from './ledger.ts'
import { withConnection } from './ledger.ts'

export interface Interruption {
  readonly url: string
  readonly step: string
  readonly ledger: Ledger
  /** A number from 0 to 1. */
  readonly random: () => number
  /** Called while the step is applied or undone; `kill` ends the tool. */
  readonly interrupt: (kill: () => void) => unknown
  /** Called when the tool has ended. */
  readonly recover?: () => Promise<unknown>
}

/** Applies or undoes a step until it was interrupted the given number of times. */
export async function interruptStep(times: number, interruption: Interruption): Promise<void> {
  const { url, step, ledger, random, interrupt, recover = async () => {} } = interruption
  const isOfServer = interruption.recover !== undefined
  const before = STEP_NAMES[STEP_NAMES.indexOf(step) - 1]
  const commands = {
    apply: ['apply', '--to', step],
    undo: before === undefined ? ['undo'] : ['undo', '--to', before],
  } as const
  if (before !== undefined) await withConnection(url, (connection) => createMigration(connection).apply({ to: before }))

  for (let count = 0; count < times; ) {
    const state = await stateOf(url, step)
    if (step === 'contract' && state === 'applied') await withConnection(url, (one) => addOutside(one, ledger))
    const direction = state === 'pending' ? 'apply' : state === 'applied' ? 'undo' : random() < 0.5 ? 'apply' : 'undo'
    let interrupted: unknown
    const { exitCode, stderr } = await runCommand(url, commands[direction], (begun, kill) => {
      if (begun === step) interrupted = interrupt(kill)
    })
    await interrupted
    await recover()
    // Exit code 1 is a refusal, which must not happen. 2 is an error, which is expected only when PostgreSQL is killed.
    if (exitCode === 1 || (exitCode === 2 && !isOfServer))
      throw new Error(`${direction} of ${step}, ${state}: ${stderr}`)
    if (exitCode !== 0) count += 1
  }
}

const stateOf = async (url: string, step: string): Promise<string | undefined> => {
  const connection = await connectAfterRuns(url)
  const { steps } = await createMigration(connection).status()
  await connection.close()
  return steps.find((one) => one.step === step)?.state
}

/** Completes the migration, with rows that only new code can write; returns what `verify` finds. */
export async function complete(url: string, ledger: Ledger): Promise<readonly string[]> {
  const connection = await connectAfterRuns(url)
  const migration = createMigration(connection)
  await migration.apply()
  for (let rows = 0; rows < 3; rows++) await addOutside(connection, ledger)
  const problems = await migration.verify()
  await connection.close()
  return problems
}

/** Undoes everything. Rows on platforms that old clients cannot read are kept until they are changed. */
export async function undoAll(url: string): Promise<void> {
  const connection = await connectAfterRuns(url)
  const migration = createMigration(connection)
  const rows = await countOutside(connection)
  if (rows > 0) {
    await expect(migration.undo()).rejects.toThrow(
      `sync cannot be undone: ${rows} integrations have a platform that has no integration_type, and would lose it`,
    )
    expect(await countOutside(connection)).toBe(rows)
    await connection.query("UPDATE public.integrations SET platform_name = 'asana' WHERE platform_name = 'linear'")
  }
  await migration.undo()
  await connection.close()
}

async function addOutside(connection: Connection, ledger: Ledger): Promise<void> {
  const id = crypto.randomUUID()
  await ledger.write(
    connection,
    insertCurrent({ platform: 'linear', category: 'project_management', status: 'active', enabled: true, id }),
    // `undoAll` moves the row to a platform that old clients can read.
    { table: 'integrations', id, values: 'asana active t' },
  )
}

async function countOutside(connection: Connection): Promise<number> {
  const { rows } = await connection.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM public.integrations WHERE to_jsonb(integrations) ->> 'platform_name' = 'linear'",
  )
  return rows[0]?.count ?? 0
}
