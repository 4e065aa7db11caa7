/** Some rows of a list, and whether more follow them. */
export interface RowPage<T> {
  readonly rows: readonly T[]
  readonly hasMore: boolean
}

/** Reads the pages of a list one after the other, and returns the last one. `read` gets the number of rows before the page. */
export async function readPages<P extends RowPage<unknown>>(
  size: number,
  read: (firstRow: number) => Promise<P>,
  onPage: (page: P) => void,
): Promise<P> {
  for (let firstRow = 0; ; firstRow += size) {
    const page = await read(firstRow)
    onPage(page)
    if (!page.hasMore) return page
  }
}
