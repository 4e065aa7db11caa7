import { strict as assert } from 'node:assert'
import Table from 'cli-table3'

type Cell = string | number | boolean | null | undefined

/** Prints a text that fits into a terminal of 80 columns. */
export function say(text: string): void {
  const wide = text.split('\n').find((line) => line.length > 80)
  assert.equal(wide, undefined, 'a line is wider than 80 columns')
  console.log(text)
}

export function heading(title: string, about?: string): void {
  say(`\n${title}${about === undefined ? '' : `\n   ${about}`}\n`)
}

export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): void {
  const drawn = new Table({ head: [...head], style: { head: [], border: [], compact: true } })
  drawn.push(...rows.map((row) => row.map((cell) => String(cell ?? '–'))))
  say(drawn.toString())
}
