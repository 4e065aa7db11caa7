import type { IdempotencyRecord, Store } from '../ports/ports.ts'
import { copyJson } from './copy-json.ts'

/** The idempotency keys of a memory store. */
export interface MemoryKeys {
  readonly methods: Store['keys']
  /** Stores a record, if there is one, together with a row. Throws before anything is written when the claim is lost. */
  readonly store: (record: IdempotencyRecord | undefined) => void
}

export function createMemoryKeys(): MemoryKeys {
  const records = new Map<string, IdempotencyRecord>()
  // Whether the claim of a record still holds the key and is not complete.
  const isOpen = (record: IdempotencyRecord): boolean => {
    const stored = records.get(nameOf(record))
    return stored !== undefined && stored.lease_until !== null && stored.expires_at === record.expires_at
  }
  return {
    methods: {
      async claim(record, now) {
        forgetExpired(records, now)
        const name = nameOf(record)
        const stored = records.get(name)
        if (stored !== undefined && !isFree(stored, record, now)) return copyJson(stored)

        // Deleted first, so that the record moves to the end: `forgetExpired` relies on this order.
        records.delete(name)
        records.set(name, copyJson(record))
        return undefined
      },
      async complete(record) {
        if (isOpen(record)) records.set(nameOf(record), copyJson(record))
      },
      async release(record) {
        if (isOpen(record)) records.delete(nameOf(record))
      },
    },
    store(record) {
      if (record === undefined) return
      if (!isOpen(record)) throw new Error('another call has taken over the idempotency key of this one')
      records.set(nameOf(record), copyJson(record))
    },
  }
}

/** Whether a claim may replace a stored record: it has expired, or the lease of the same request ended without a write. */
const isFree = (stored: IdempotencyRecord, claim: IdempotencyRecord, now: string): boolean =>
  stored.expires_at <= now ||
  (stored.lease_until !== null &&
    stored.lease_until <= now &&
    stored.response === null &&
    stored.fingerprint === claim.fingerprint)

const nameOf = ({ organization_id, key }: IdempotencyRecord): string => JSON.stringify([organization_id, key])

/** Removes expired records, to limit memory. The oldest records come first, so the loop ends at the first valid one. */
function forgetExpired(rows: Map<string, IdempotencyRecord>, now: string): void {
  for (const [name, { expires_at }] of rows) {
    if (expires_at > now) return
    rows.delete(name)
  }
}
