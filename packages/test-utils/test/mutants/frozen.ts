import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A mutant as it was drawn. It says its place by content, so that other lines may come and go. */
export interface Drawn {
  readonly id: string
  /** From the root of the repository. */
  readonly file: string
  /** The operator, in the words of Stryker. */
  readonly operator: string
  /** The line on which it begins, without the space around it: the only one like it in its file. */
  readonly line: string
  /** Characters of that line before it. */
  readonly column: number
  readonly before: string
  readonly after: string
}

export interface FrozenList {
  readonly seed: number
  readonly mutants: readonly Drawn[]
}

/** The command that draws the list again. */
export const DRAW = 'npm run mutants:draw'

export const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))

export const LIST = fileURLToPath(new URL('mechanical.json', import.meta.url))

/** The list as it is committed. */
// Written by draw.ts, and by nobody else.
export const readFrozen = (): FrozenList => JSON.parse(readFileSync(LIST, 'utf8')) as FrozenList

export const readSource = (file: string): string => readFileSync(`${ROOT}${file}`, 'utf8')

/**
 * The source with the defect in it.
 *
 * @throws Error when the source has moved on.
 */
export function applyTo(source: string, drawn: Drawn): string {
  const start = placeOf(source, drawn)
  if (start === undefined)
    throw new Error(`${drawn.id} no longer applies to ${drawn.file}: the code moved. Draw the list again: ${DRAW}`)
  return source.slice(0, start) + drawn.after + source.slice(start + drawn.before.length)
}

function placeOf(source: string, { line, column, before }: Drawn): number | undefined {
  const lines = source.split('\n')
  const places = lines.flatMap((text, index) => (text.trim() === line ? [index] : []))
  const [index] = places
  if (places.length !== 1 || index === undefined) return undefined

  const indent = (lines[index] ?? '').indexOf(line)
  const start = lines.slice(0, index).reduce((sum, text) => sum + text.length + 1, 0) + indent + column
  return source.startsWith(before, start) ? start : undefined
}
