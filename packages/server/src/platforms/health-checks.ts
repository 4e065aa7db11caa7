import { isPlatform } from '@ai-ticket-creator/domain'
import type {
  Clock,
  HealthCheckKind,
  HealthCheckOutcome,
  HealthChecks,
  IdGenerator,
  IntegrationRow,
} from '@ai-ticket-creator/reference-api'
import { createIntegrationValues, type RequestOrigin } from './integration-values.ts'
import type { MailLogin } from './mail-login.ts'
import { PlatformError } from './platform-error.ts'
import type { MailProbe, Probe } from './probe.ts'
import { probes } from './probes.ts'
import { isRateLimited, parseJson } from './replies.ts'
import type { PlatformReply, Send } from './send.ts'

interface HealthCheckOptions {
  readonly send: Send
  readonly logIn: MailLogin
  readonly clock: Clock
  readonly newId: IdGenerator
}

/** Checks integrations on their platforms. A check without an answer is a timeout, which changes no status. */
export function createHealthChecks(options: HealthCheckOptions): HealthChecks {
  return async (kind, integration) => {
    let check: Check
    try {
      check = prepare(kind, integration, options)
    } catch (error) {
      return toOutcome('not_checked', error, 'not checked: ')
    }
    // Sends no request: `check_health` is always due together with this check, and sends one.
    if (kind === 'validate_credentials') return { outcome: 'passed' }
    return check().catch((error: unknown) => toOutcome('timeout', error))
  }
}

/** A PlatformError is an outcome of the check. Any other error is a defect and is thrown. */
function toOutcome(outcome: 'not_checked' | 'timeout', error: unknown, prefix = ''): HealthCheckOutcome {
  if (error instanceof PlatformError) return { outcome, message: `${prefix}${error.message}` }
  throw error
}

type Check = () => Promise<HealthCheckOutcome>

/** Builds the check of an integration. @throws PlatformError if a value of the integration is missing. */
function prepare(kind: HealthCheckKind, integration: IntegrationRow, options: HealthCheckOptions): Check {
  const probe = findProbe(kind, integration)
  const origin: RequestOrigin = { seconds: Math.floor(options.clock().getTime() / 1000), id: options.newId() }
  const values = createIntegrationValues(integration, origin)
  if ('account' in probe) {
    const account = probe.account(values)
    return () => options.logIn(account)
  }
  const request = probe.request(values)
  return async () => outcomeOf(probe, await options.send(request))
}

const CHECKED: readonly HealthCheckKind[] = ['validate_credentials', 'check_health', 'connection', 'authentication']

function findProbe(kind: HealthCheckKind, { platform_name }: IntegrationRow): Probe | MailProbe {
  if (!CHECKED.includes(kind)) throw new PlatformError(`this version has no test \`${kind}\``)
  if (!isPlatform(platform_name)) throw new PlatformError('the platform is not known to this version')
  return probes[platform_name]
}

/** The message quotes only the status of the reply, because the body can contain anything. */
function outcomeOf({ healthy, refusals = [], refusalStatuses = [] }: Probe, reply: PlatformReply): HealthCheckOutcome {
  const { status } = reply
  if (isRateLimited(reply)) return { outcome: 'rate_limited' }
  const json = parseJson(reply)
  if ([401, 403, ...refusalStatuses].includes(status) || refusals.includes(errorIn(json)))
    return { outcome: 'unauthorized' }
  if (status === 408 || status === 504) return { outcome: 'timeout' }

  const isSuccess = status >= 200 && status <= 299
  const isHealthy = typeof healthy === 'function' ? healthy(reply) : isSuccess && healthy.safeParse(json).success
  if (isHealthy) return { outcome: 'passed' }
  const problem = isSuccess ? 'a reply that is not documented' : `status ${status}`
  return { outcome: 'failed', message: `the platform answered with ${problem}` }
}

const errorIn = (json: unknown): string =>
  typeof json === 'object' && json !== null && 'error' in json ? String(json.error) : ''
