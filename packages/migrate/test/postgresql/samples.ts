import { createHash } from 'node:crypto'
import { currentVersion } from '@ai-ticket-creator/test-postgresql'
import { STEP_NAMES } from '../../src/index.ts'

export const SEED = Number(process.env['KILLED_STEPS_SEED'] ?? 20261130)

/** Random numbers from 0 to 1 that depend on the seed and a text. */
export function createRandom(text: string): () => number {
  let count = 0
  return () => createHash('sha256').update(`${SEED} ${text} ${count++}`).digest().readUInt32BE() / 2 ** 32
}

/** `all` steps, on the newest version a third of them; or a number of steps, spread over all of them. */
export function chooseSteps(wanted: string): readonly string[] {
  if (wanted === 'all' && currentVersion() === '15') return STEP_NAMES
  return sample(wanted === 'all' ? Math.ceil(STEP_NAMES.length / 3) : Number(wanted))
}

function sample(count: number): readonly string[] {
  const random = createRandom(`${count} steps`)
  const width = STEP_NAMES.length / count
  return Array.from({ length: count }, (_, part) => STEP_NAMES[Math.floor((part + random()) * width)] ?? '')
}
