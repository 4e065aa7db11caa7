import Table from 'cli-table3'

type Cell = string | number | boolean | null | undefined

export const say = (text: string): void => console.log(text)

export function heading(title: string, about?: string): void {
  console.log(`\n${title}${about === undefined ? '' : `\n   ${about}`}\n`)
}

export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): void {
  const drawn = new Table({ head: [...head], style: { head: [], border: [], compact: true } })
  drawn.push(...rows.map((row) => row.map((cell) => String(cell ?? '–'))))
  console.log(drawn.toString())
}
