// What traffic.ts and its processes send to each other.

/** Whether a client uses the old column names or the new ones. */
export type Mode = 'old' | 'new'

/** What the writer expects of a row: its last acknowledged values. */
export interface LedgerRow {
  readonly id: string
  readonly platform: string
  readonly enabled: boolean
}

/** The writes of a window of time. */
export interface Window {
  /** From the time at which a write was due to its acknowledgement, in milliseconds. */
  readonly latencies: readonly number[]
  readonly errors: readonly string[]
}

export type Request =
  | { readonly type: 'mode'; readonly mode: Mode }
  | { readonly type: 'window' | 'pause' | 'resume' | 'stop' }
