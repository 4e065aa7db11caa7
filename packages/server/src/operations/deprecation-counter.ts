import type { RetiredName } from '@ai-ticket-creator/domain/internal'
import type { SqlConnection } from '../database/database.ts'
import { type Count, type CountKey, saveCounts } from './save-counts.ts'

/** A request of a consumer. */
interface ConsumerRequest {
  /** The hash of the consumer's token. The organization of the token is looked up when the counts are saved. */
  readonly tokenHash: string
  /** The header `X-Client`. Without this header the name of the token identifies the consumer. */
  readonly client: string | null
  readonly operation: string
  /** The retired names in the request. */
  readonly sent: readonly RetiredName[]
  /** The retired names in the reply, which the consumer may have read. */
  readonly received: readonly RetiredName[]
}

/** Counts the use of deprecated names in memory until `flush` adds the counts to the database. */
export interface DeprecationCounter {
  readonly count: (request: ConsumerRequest) => void
  /** Adds the counts to the database. If that fails, the counts stay in memory. */
  readonly flush: (db: SqlConnection) => Promise<void>
}

export function createDeprecationCounter(clock: () => Date): DeprecationCounter {
  let counts = new Map<string, Count>()
  const add = (key: CountKey, { times, first_at, last_at }: Omit<Count, keyof CountKey>): void => {
    const name = JSON.stringify(key)
    const previous = counts.get(name)
    counts.set(name, {
      ...key,
      times: (previous?.times ?? 0) + times,
      first_at: previous?.first_at ?? first_at,
      last_at,
    })
  }

  return {
    count({ tokenHash, client, operation, sent, received }) {
      const at = clock().toISOString()
      const once = { times: 1, first_at: at, last_at: at }
      const caller = { hash: tokenHash, client, day: at.slice(0, 10) }
      add({ ...caller, ...WITHOUT_USE }, once)
      for (const name of sent) add({ ...caller, ...name, operation, direction: 'request' }, once)
      for (const name of received) add({ ...caller, ...name, operation, direction: 'reply' }, once)
    },

    async flush(db) {
      const taken = [...counts.values()]
      if (taken.length === 0) return
      counts = new Map()
      try {
        await saveCounts(db, taken)
      } catch (error) {
        for (const { times, first_at, last_at, ...key } of taken) add(key, { times, first_at, last_at })
        throw error
      }
    },
  }
}

const WITHOUT_USE = { field: null, replacement: null, operation: null, direction: null }
