import { type Change, changes, type DeprecationEntry, type Generation } from '@ai-ticket-creator/domain'
import type { UsageResult } from './usage-report.ts'
import { toUsageResult } from './usage-result.ts'

/** Warnings about old names that the SDK translates. Deprecations that the backend announced are found in the requests. */
export function ledgerFindings(entry: DeprecationEntry, generation: Generation): readonly UsageResult[] {
  const { kind, field, operation, replacement, callSite, count } = entry
  if (kind === 'server_notice' || kind === 'overflow' || kind === 'route' || generation !== 'current') return []

  const title = `\`${field}\` ${VERBS[kind]} ${operation}`
  const change = changes.find(({ id }) => id === entry.change)
  const breakage = {
    title: `${title} is an old name that the SDK translates`,
    reason: `${summaryOf(change)} It is removed with \`legacyFields: false\`.`,
    ...(replacement !== undefined && { expected: `\`${replacement}\`` }),
  }
  const id = `usage.${kind}.${operation}.${field}`
  return [
    toUsageResult({ id, endpoint: undefined, severity: 'warning', title, breakage, name: field, count, callSite }),
  ]
}

const VERBS = { input: 'given to', read: 'read from a result of', write: 'written to a result of' } as const

const summaryOf = (change: Change | undefined): string => change?.summary ?? 'The name is retired.'
