import { readSeed } from '../../../vitest.sizes.ts'
import { createRandom } from '../src/core/random.ts'

/** The seed of every sample in this run; `SAMPLE_SEED` replaces it. */
export const SAMPLE_SEED = readSeed('SAMPLE_SEED', 1)

/** A random part of a list, in the order of the list. `SAMPLE=all` takes the whole list. */
export function sample<T>(items: readonly T[], size: number): readonly T[] {
  if (process.env['SAMPLE'] === 'all') return items
  const random = createRandom(SAMPLE_SEED)
  return items
    .map((item, index) => ({ item, index, rank: random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, size)
    .toSorted((a, b) => a.index - b.index)
    .map(({ item }) => item)
}
