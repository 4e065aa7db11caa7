import { loadMutated } from './bundle.ts'
import { byHand } from './by-hand.ts'
import { type FrozenMutant, readFrozen } from './frozen.ts'
import { byKind } from './kinds/index.ts'
import type { Mutant } from './mutant.ts'

/** All frozen mutants. The last ones were frozen later, before the cases for their kinds were written. */
export const mutants: readonly Mutant[] = [
  ...byHand,
  ...readFrozen().mutants.map(toMutant),
  ...byKind.map((mutant) => ({ ...mutant, kind: 'by kind' as const })),
]

function toMutant(frozen: FrozenMutant): Mutant {
  const { id, file, operator, before, after } = frozen
  return {
    id,
    kind: 'mechanical',
    defect: `${file.replace(/^packages\/|src\//g, '')}: ${operator}, ${shorten(before)} → ${shorten(after)}`,
    create: async (options) => (await loadMutated(frozen))(options).fetch,
  }
}

function shorten(code: string): string {
  const line = code.replaceAll(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 57)}…` : line
}
