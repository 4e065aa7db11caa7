import type { ReplyMismatch } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'

const DISTRIBUTIONS = ['status_distribution', 'priority_distribution', 'category_distribution'] as const
const PARTS = ['open_tickets', 'resolved_tickets', 'overdue_tickets', 'high_priority_tickets'] as const

/**
 * Compares the counts of the statistics with each other. Existing backends count tickets of other organizations in some of
 * the counts (existing backend: ticket statistics). Only sums that do not agree show this.
 */
export function statsMismatches(stats: unknown): readonly ReplyMismatch[] {
  if (!isJsonObject(stats) || typeof stats['total_tickets'] !== 'number') return []
  const total = stats['total_tickets']

  const wrongSums = DISTRIBUTIONS.filter((field) => {
    const counts = stats[field]
    return isJsonObject(counts) && sumOf(Object.values(counts)) !== total
  })
  const tooLarge = PARTS.filter((field) => Number(stats[field]) > total)
  return [
    ...wrongSums.map((path) => mismatch(path, 'counts that add up to `total_tickets`', 'another sum')),
    ...tooLarge.map((path) => mismatch(path, 'at most `total_tickets`', 'a larger number')),
  ]
}

const sumOf = (counts: readonly unknown[]): number =>
  counts.reduce<number>((sum, count) => sum + (typeof count === 'number' ? count : 0), 0)

const mismatch = (path: string, expected: string, got: string): ReplyMismatch => ({
  kind: 'mismatch',
  path,
  expected,
  got,
})
