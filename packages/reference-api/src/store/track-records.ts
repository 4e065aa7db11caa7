import type { IdempotencyRecord, Store } from '../ports/ports.ts'

/** A store that reports each record that was stored together with a row. */
export function trackRecords(store: Store, onStored: (record: IdempotencyRecord) => void): Store {
  const track = <Row>(table: {
    insert(row: Row, record?: IdempotencyRecord): Promise<void>
    replace(row: Row, version: number, record?: IdempotencyRecord): Promise<boolean>
  }) => ({
    async insert(row: Row, record?: IdempotencyRecord) {
      await table.insert(row, record)
      if (record !== undefined) onStored(record)
    },
    async replace(row: Row, version: number, record?: IdempotencyRecord) {
      const replaced = await table.replace(row, version, record)
      if (replaced && record !== undefined) onStored(record)
      return replaced
    },
  })
  const { integrations, tickets } = store
  return {
    ...store,
    integrations: { ...integrations, ...track(integrations) },
    tickets: { ...tickets, ...track(tickets) },
  }
}
