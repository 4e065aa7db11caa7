import type { UnknownStatus } from '../schema/unknown-values.ts'

/** Work that follows a transition. The caller runs it after the commit, without waiting for it. */
export type IntegrationEffect = 'validate_credentials' | 'check_health'

const events = [
  'enable',
  'disable',
  'check_passed',
  'check_failed',
  'credentials_expired',
  'credentials_replaced',
  'suspend',
  'resume',
] as const

// A cell holds the next status; `!` adds the effects `validate_credentials` and `check_health`; an empty cell refuses the event.
// biome-ignore format: a table is read by column
const rows = {
  //          enable     disable     check_passed check_failed  expired     replaced    suspend     resume
  pending:   ['active!', 'inactive', 'active',    'error',      'expired',  'pending!', 'suspended', ''],
  active:    ['active',  'inactive', 'active',    'error',      'expired',  'active!',  'suspended', ''],
  inactive:  ['active!', 'inactive', 'inactive',  'inactive',   'inactive', 'inactive', '',          ''],
  error:     ['active!', 'inactive', 'active',    'error',      'expired',  'active!',  'suspended', ''],
  expired:   ['active!', 'inactive', 'expired',   'expired',    'expired',  'active!',  'suspended', ''],
  suspended: ['active!', 'inactive', 'suspended', 'suspended',  'suspended', 'suspended', 'suspended', 'active!'],
} as const

/** The status of an integration. In this API `enabled` is always `status !== 'inactive'`. */
export type IntegrationStatus = keyof typeof rows

/** An event that can change the status of an integration. */
export type IntegrationEvent = (typeof events)[number]

/** All statuses, in the order of the table's rows. */
// Object.keys returns `string[]`; `rows` has exactly these keys.
export const INTEGRATION_STATUSES: readonly IntegrationStatus[] = /* @__PURE__ */ Object.keys(
  rows,
) as IntegrationStatus[]

/** All events, in the order of the table's columns. */
export const INTEGRATION_EVENTS: readonly IntegrationEvent[] = events

/** The result of an accepted event. */
export interface Transition {
  readonly status: IntegrationStatus
  /** False if the status is `inactive`, otherwise true. */
  readonly enabled: boolean
  /** Run these after the commit, without waiting. The outcome of each one is a later event. */
  readonly effects: readonly IntegrationEffect[]
  readonly code?: never
}

/** Why an event is refused. */
export interface TransitionRefusal {
  readonly code: 'transition_refused'
  readonly reason: 'not_available' | 'unknown_status'
  /** The status that was passed in, known or unknown. */
  readonly status: string
  readonly event: string
  /** Names the refused event, and the possible events if the status is known. */
  readonly message: string
}

/** Whether a value is one of the six statuses. Case-sensitive. */
export function isIntegrationStatus(
  value: IntegrationStatus | UnknownStatus | (string & {}) | null | undefined,
): value is IntegrationStatus {
  return typeof value === 'string' && Object.hasOwn(rows, value)
}

/** The `enabled` flag that belongs to a status. */
export const isEnabledStatus = (status: IntegrationStatus): boolean => status !== 'inactive'

/**
 * What an event does to an integration in a status. A refusal is a value with `code`, never an exception.
 *
 * ```ts
 * const next = transition('inactive', 'enable')
 * if (next.code === undefined) console.log(next.status, next.enabled, next.effects)
 * else console.log(next.message)
 * ```
 */
export function transition(
  status: IntegrationStatus | UnknownStatus | (string & {}),
  event: IntegrationEvent,
): Transition | TransitionRefusal {
  if (!isIntegrationStatus(status)) return refusal('unknown_status', status, event, [])

  const cell = rows[status][events.indexOf(event)]
  if (!cell) return refusal('not_available', status, event, availableEvents(status))

  // Without `!`, a cell is a status.
  const next = cell.replace('!', '') as IntegrationStatus
  return {
    status: next,
    enabled: isEnabledStatus(next),
    effects: next === cell ? [] : ['validate_credentials', 'check_health'],
  }
}

/** The events that `transition` accepts in a status; none for an unknown status. */
export function availableEvents(
  status: IntegrationStatus | UnknownStatus | (string & {}),
): readonly IntegrationEvent[] {
  if (!isIntegrationStatus(status)) return []
  return events.filter((_, column) => rows[status][column])
}

function refusal(
  reason: TransitionRefusal['reason'],
  status: string,
  event: string,
  available: readonly string[],
): TransitionRefusal {
  const instead = available.length > 0 ? `possible: ${available.join(', ')}` : 'this version does not have the status'
  return {
    code: 'transition_refused',
    reason,
    status,
    event,
    message: `\`${event}\` is refused in status \`${status}\`; ${instead}`,
  }
}
