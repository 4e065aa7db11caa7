import { readSeed, readSize } from '../../../vitest.sizes.ts'

/** How many cases a property test runs, and from which seed. */
export interface PropertyRun {
  readonly size: number
  readonly seed: number
  /** The size is set from outside, as `npm run test:deep` does. */
  readonly deep: boolean
}

/**
 * Size and seed of a property test: by default a small fixed sample, so that `npm test` repeats itself. The environment can
 * set a size, which then runs from a random seed, and a seed, which repeats a run.
 */
export function propertyRun(
  title: string,
  names: { readonly size: string; readonly seed: string },
  small: number,
): PropertyRun {
  const size = readSize(names.size, small)
  const deep = process.env[names.size] !== undefined
  const seed = readSeed(names.seed, deep ? Date.now() % 2_147_483_647 : 20250906)
  console.log(`${title}: ${size} cases, seed ${seed}; ${names.seed}=${seed} repeats them`)
  return { size, seed, deep }
}
