import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A mechanical mutant. Its position is given by content, so other lines may be added and removed. */
export interface FrozenMutant {
  readonly id: string
  /** From the root of the repository. */
  readonly file: string
  /** The name of the operator in Stryker. */
  readonly operator: string
  /** The line on which it begins, trimmed. It occurs once in the file. */
  readonly line: string
  /** Number of characters before it on that line. */
  readonly column: number
  readonly before: string
  readonly after: string
}

export interface FrozenList {
  readonly seed: number
  readonly mutants: readonly FrozenMutant[]
}

/** The command that draws a new list. */
export const DRAW = 'node scripts/dev.mjs run mutants:draw'

export const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))

export const LIST = fileURLToPath(new URL('mechanical.json', import.meta.url))

// draw.ts writes the file; positions are updated when the sources change.
export const readFrozen = (): FrozenList => JSON.parse(readFileSync(LIST, 'utf8')) as FrozenList

export const readSource = (file: string): string => readFileSync(`${ROOT}${file}`, 'utf8')

/**
 * The source with the defect in it.
 *
 * @throws Error when the source has changed at the position of the mutant.
 */
export function applyTo(source: string, mutant: FrozenMutant): string {
  const start = positionOf(source, mutant)
  if (start === undefined)
    throw new Error(
      `${mutant.id} no longer applies to ${mutant.file}: the code has changed. Update its position in mechanical.json, or draw a new list: ${DRAW}`,
    )
  return source.slice(0, start) + mutant.after + source.slice(start + mutant.before.length)
}

function positionOf(source: string, { line, column, before }: FrozenMutant): number | undefined {
  const lines = source.split('\n')
  const matches = lines.flatMap((text, index) => (text.trim() === line ? [index] : []))
  const [index] = matches
  if (matches.length !== 1 || index === undefined) return undefined

  const indent = (lines[index] ?? '').indexOf(line)
  const start = lines.slice(0, index).reduce((sum, text) => sum + text.length + 1, 0) + indent + column
  return source.startsWith(before, start) ? start : undefined
}
