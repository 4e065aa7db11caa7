import type { Store } from '../ports/ports.ts'

/** A store that knows whether a row was written through it. */
export function watchWrites(store: Store): { readonly store: Store; readonly wrote: () => boolean } {
  let wrote = false
  const noting =
    <Row, Rest extends readonly unknown[], Result>(write: (row: Row, ...rest: Rest) => Promise<Result>) =>
    async (row: Row, ...rest: Rest): Promise<Result> => {
      const result = await write(row, ...rest)
      // `replace` says false when another writer came first.
      if (result !== false) wrote = true
      return result
    }
  const watch = <Row>(table: {
    insert(row: Row): Promise<void>
    replace(row: Row, version: number): Promise<boolean>
  }) => ({
    insert: noting((row: Row) => table.insert(row)),
    replace: noting((row: Row, version: number) => table.replace(row, version)),
  })
  const { integrations, tickets } = store
  return {
    store: {
      ...store,
      integrations: { ...integrations, ...watch(integrations) },
      tickets: { ...tickets, ...watch(tickets) },
    },
    wrote: () => wrote,
  }
}
