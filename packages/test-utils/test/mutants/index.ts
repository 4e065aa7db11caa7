import { loadMutated } from './bundle.ts'
import { byHand } from './by-hand.ts'
import { type Drawn, readFrozen } from './frozen.ts'
import type { Mutant } from './mutant.ts'

/** All mutants, as they were frozen. */
export const mutants: readonly Mutant[] = [...byHand, ...readFrozen().mutants.map(mechanical)]

function mechanical(drawn: Drawn): Mutant {
  const { id, file, operator, before, after } = drawn
  return {
    id,
    kind: 'mechanical',
    defect: `${file.replace(/^packages\/|src\//g, '')}: ${operator}, ${inShort(before)} → ${inShort(after)}`,
    open: async (options) => (await loadMutated(drawn))(options).fetch,
  }
}

function inShort(code: string): string {
  const line = code.replaceAll(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 57)}…` : line
}
