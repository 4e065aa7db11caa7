/** Percentiles of latencies in milliseconds. */
export interface Latency {
  readonly writes: number
  readonly p50: number
  readonly p99: number
  readonly max: number
}

export function latencyOf(latencies: readonly number[]): Latency {
  const sorted = latencies.toSorted((one, other) => one - other)
  const at = (share: number) => rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return { writes: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) }
}

/** One decimal. */
export const rounded = (value: number): number => Math.round(value * 10) / 10

export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return rounded((performance.now() - started) / 1000)
}
