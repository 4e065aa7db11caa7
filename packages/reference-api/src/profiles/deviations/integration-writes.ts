import type { IntegrationStatus } from '@ai-ticket-creator/domain'
import { changeIntegration } from '../../handlers/change-integration.ts'
import type { IntegrationRow } from '../../ports/rows.ts'
import { toTimestamp } from '../../serializers/timestamps.ts'
import { nothingDue } from '../../services/apply-transition.ts'
import { omit, onBody, onIssues, withIntegrationWrites } from '../hook-builders.ts'
import { ALL, CURRENT, LATEST, LEGACY, type Row } from '../hooks.ts'
import { routeFailure } from '../messages.ts'

/** PUT /integrations/{integration_id} and PATCH …/status */
export const integrationWrites: readonly Row[] = [
  {
    id: 'update-fails-after-saving',
    profiles: ALL,
    source: 'update-an-integration',
    assumed: true,
    summary: 'PUT of an integration saves, then answers 500.',
    handlers: {
      'integrations.update': async (call, next) => {
        await next(call)
        throw routeFailure('integrations.update', 'the reply reads an attribute that is gone')
      },
    },
  },
  {
    id: 'update-drops-secrets',
    profiles: ALL,
    source: 'update-an-integration',
    assumed: true,
    summary: 'PUT accepts `credentials` and `webhook_secret` and does not store them.',
    handlers: {
      'integrations.update': (call, next) =>
        next({ ...call, body: async (stored) => omit(await call.body(stored), ['credentials', 'webhook_secret']) }),
    },
  },
  {
    id: 'update-checks-configuration',
    profiles: LATEST,
    source: 'update-an-integration',
    summary: 'PUT accepts `configuration`, checks it for the keys of the platform, and does not store it.',
    notReproduced:
      'We have no example of a failed check, and PUT always answers 500. The profiles ignore `configuration` as an unknown key, which gives the same reply.',
  },
  {
    id: 'update-keeps-status',
    profiles: CURRENT,
    source: 'update-an-integration',
    summary: 'PUT stores `enabled` and does not change the status, so an integration can be active and disabled.',
    handlers: {
      'integrations.update': (call, next) => {
        let requested: boolean | undefined
        const storingCall = withIntegrationWrites(call, (row) => ({ ...row, enabled: requested ?? row.enabled }))
        return next({
          ...storingCall,
          body: async (stored) => {
            const { enabled, ...rest } = await call.body(stored)
            requested = enabled
            return rest
          },
        })
      },
    },
  },
  {
    id: 'update-takes-null',
    profiles: ALL,
    source: 'null-and-absent-fields',
    summary:
      'In PUT every field may be null. Null in a required column fails in the database, so nothing is saved; the answer is 500, as for every PUT.',
    nullIsValue: ['integrations.update'],
    issues: onIssues(['integrations.update'], (issues, raw) => {
      const remaining = issues.filter(({ loc }) => loc.length !== 2 || raw[String(loc[1])] !== null)
      const hasNullInRequiredColumn = issues.some(
        (issue) => !remaining.includes(issue) && issue.loc[1] !== 'credentials',
      )
      if (hasNullInRequiredColumn && remaining.length === 0)
        throw routeFailure('integrations.update', 'null value in a column')
      return remaining
    }),
  },
  {
    id: 'status-call-without-enabled',
    profiles: CURRENT,
    source: 'set-the-status-of-an-integration',
    summary:
      'PATCH status without `enabled`, as in a legacy `{"status": …}`, answers 200 and changes only `updated_at`; with `reason` alone it is a 500.',
    issues: onIssues(['integrations.setStatus'], (issues, { enabled = null }) =>
      enabled === null ? issues.filter(({ loc }) => loc[1] !== 'enabled') : issues,
    ),
    handlers: {
      'integrations.setStatus': async (call, next) => {
        // The hook above removed the issue of a missing `enabled`, so it may be absent here.
        const { enabled, reason }: { enabled?: boolean | null; reason?: string | null | undefined } = await call.body()
        if (typeof enabled === 'boolean') return next(call)
        if (typeof reason !== 'string') return changeIntegration(call, async (row) => row)
        throw routeFailure('integrations.setStatus', 'a reason without enabled')
      },
    },
  },
  {
    id: 'enabling-is-not-activating',
    profiles: CURRENT,
    source: 'status-and-enabled',
    summary:
      'PATCH status with `enabled: true` sets `pending`, even for an active integration unless its last check was healthy. It schedules no check.',
    handlers: {
      'integrations.setStatus': async (call, next) => {
        const { enabled } = await call.body()
        if (!enabled) return next(call)
        return changeIntegration(call, async (row) => ({
          ...row,
          enabled: true,
          status: isActiveAndHealthy(row) ? 'active' : 'pending',
          ...nothingDue,
        }))
      },
    },
  },
  {
    id: 'status-set-directly',
    profiles: LEGACY,
    source: 'set-the-status-of-an-integration',
    summary: 'PATCH status requires `status` and sets any of the six values; `is_enabled` is an unknown key.',
    note: '`enabled`, which is not in legacy replies, becomes false for `inactive` and true for the others.',
    body: onBody(['integrations.setStatus'], (fields) => omit(fields, ['is_enabled'])),
    issues: onIssues(['integrations.setStatus'], (issues, { status }) => {
      if (STATUSES.some((known) => known === status)) return issues.filter(({ code }) => code !== 'status_not_settable')
      const isReported = issues.some(({ loc }) => loc[1] === 'status')
      return isReported ? issues : [...issues, unknownStatus]
    }),
    handlers: {
      'integrations.setStatus': (call) =>
        changeIntegration(call, async (row, now) => {
          // The parser upgrades `active` and `inactive` to `enabled`; the other values stay in `status`.
          const body: { enabled?: boolean; status?: IntegrationStatus; reason?: string | null | undefined } =
            await call.body()
          const status = body.status ?? (body.enabled === true ? 'active' : 'inactive')
          return {
            ...row,
            status,
            enabled: status !== 'inactive',
            ...nothingDue,
            ...lastError(body.reason, status, now),
          }
        }),
    },
  },
]

/** The statuses, in the order in which the existing backend lists them. */
const STATUSES: readonly IntegrationStatus[] = ['active', 'inactive', 'pending', 'error', 'expired', 'suspended']

const unknownStatus = {
  type: 'enum',
  loc: ['body', 'status'],
  msg: `\`status\` must be one of ${STATUSES.join(', ')}`,
  code: 'validation_failed',
} as const

const isActiveAndHealthy = ({ status, health_check_status }: IntegrationRow): boolean =>
  status === 'active' && health_check_status === 'healthy'

const lastError = (reason: string | null | undefined, status: IntegrationStatus, now: Date): Partial<IntegrationRow> =>
  typeof reason === 'string' && reason !== '' && status === 'inactive'
    ? { last_error_message: `Disabled: ${reason}`, last_error_at: toTimestamp(now) }
    : {}
