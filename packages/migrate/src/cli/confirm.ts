import { createInterface } from 'node:readline/promises'
import { MigrationRefusedError } from '../errors.ts'
import { LAST_STEP, type Plan, STEP_NAMES } from '../migration.ts'
import type { Settings } from './arguments.ts'
import type { ProcessIo } from './process-io.ts'

/**
 * Asks before the first change, before the step that takes long to undo, and before an undo.
 *
 * @throws MigrationRefusedError when the answer is no, or there is no terminal.
 */
export async function confirm(
  plan: Plan,
  command: 'apply' | 'undo',
  { to, backup }: Pick<Settings, 'to' | 'backup'>,
  io: ProcessIo,
): Promise<void> {
  const reaches = (name: string): boolean => command === 'apply' && isPending(plan, name) && isUpTo(name, to)
  const questions = [
    ...(isBeforeFirstStep(plan) && command === 'apply' && backup === undefined
      ? [
          'This changes the schema of a database in use. Is there a backup that you have restored once? (--backup FILE writes one.)',
        ]
      : []),
    ...(reaches('contract')
      ? ['This drops the old columns: clients with old names fail, and the way back takes as long as the backfill.']
      : []),
    ...(command === 'undo' ? ['This undoes steps: clients with new names may fail.'] : []),
  ]
  for (const question of questions) await ask(question, io)
}

const isPending = ({ steps }: Plan, name: string): boolean =>
  steps.some(({ step, state }) => step === name && state === 'pending')

export const isBeforeFirstStep = (plan: Plan): boolean => isPending(plan, 'expand')

const isUpTo = (name: string, to = LAST_STEP): boolean => STEP_NAMES.indexOf(name) <= STEP_NAMES.indexOf(to)

/** Asks a question. @throws MigrationRefusedError when the answer is no, or there is no terminal. */
export async function ask(question: string, { stdin, stderr }: ProcessIo): Promise<void> {
  if (stdin.isTTY !== true) throw new MigrationRefusedError(`${question} Give --yes to confirm.`)

  const terminal = createInterface({ input: stdin, output: stderr })
  // Ctrl-C and Ctrl-D reject, which counts as no.
  const answer = await terminal.question(`${question} Continue? [y/N] `).catch(() => '')
  terminal.close()
  if (!/^y(?:es)?$/i.test(answer.trim())) throw new MigrationRefusedError('Nothing was changed.')
}
