import type { Store } from '../ports/ports.ts'

/** A store that records whether a row was written through it. */
export function trackWrites(store: Store): { readonly store: Store; readonly wrote: () => boolean } {
  let wrote = false
  const recording =
    <Row, Rest extends readonly unknown[], Result>(write: (row: Row, ...rest: Rest) => Promise<Result>) =>
    async (row: Row, ...rest: Rest): Promise<Result> => {
      const result = await write(row, ...rest)
      // `replace` returns false when another writer came first.
      if (result !== false) wrote = true
      return result
    }
  const track = <Row>(table: {
    insert(row: Row): Promise<void>
    replace(row: Row, version: number): Promise<boolean>
  }) => ({
    insert: recording((row: Row) => table.insert(row)),
    replace: recording((row: Row, version: number) => table.replace(row, version)),
  })
  const { integrations, tickets } = store
  return {
    store: {
      ...store,
      integrations: { ...integrations, ...track(integrations) },
      tickets: { ...tickets, ...track(tickets) },
    },
    wrote: () => wrote,
  }
}
