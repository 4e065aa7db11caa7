/** Rows with columns of equal width, for a terminal. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => String(row[column]).length)))
  const toLine = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(Number(widths[column])))
      .join('  ')
      .trimEnd()
  return [head, ...rows].map((row) => `${toLine(row)}\n`).join('')
}
