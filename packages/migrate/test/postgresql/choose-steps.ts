import { createHash } from 'node:crypto'
import { currentVersion } from '@ai-ticket-creator/test-postgresql'
import { readSeed, readSize } from '../../../../vitest.sizes.ts'
import { STEP_NAMES } from '../../src/index.ts'

export const SEED = readSeed('KILLED_STEPS_SEED', 20261130)

/** Random numbers from 0 to 1 that depend on the seed and a text. */
export function createRandom(text: string): () => number {
  let count = 0
  return () => createHash('sha256').update(`${SEED} ${text} ${count++}`).digest().readUInt32BE() / 2 ** 32
}

/**
 * The steps of `KILLED_STEPS`. `all`: every step on PostgreSQL 15, a third of them on other versions. A number: that many steps,
 * spread evenly.
 */
export function chooseSteps(fallback: number): readonly string[] {
  if (process.env['KILLED_STEPS'] !== 'all') return sample(readSize('KILLED_STEPS', fallback))
  return currentVersion() === '15' ? STEP_NAMES : sample(Math.ceil(STEP_NAMES.length / 3))
}

/** One step of each of `count` groups of neighbouring steps: no step is chosen twice. */
function sample(count: number): readonly string[] {
  const random = createRandom(`${count} steps`)
  const groups = Math.min(count, STEP_NAMES.length)
  const start = (group: number) => Math.floor((group * STEP_NAMES.length) / groups)
  return Array.from({ length: groups }, (_, group) => {
    const size = start(group + 1) - start(group)
    return STEP_NAMES[start(group) + Math.floor(random() * size)] ?? ''
  })
}
