import { isPlatform } from '@ai-ticket-creator/domain'
import type {
  Clock,
  HealthCheckKind,
  HealthCheckOutcome,
  HealthChecks,
  Ids,
  IntegrationRow,
} from '@ai-ticket-creator/reference-api'
import { createIntegrationValues, type RequestOrigin } from './integration-values.ts'
import type { MailLogin } from './mail-login.ts'
import { PlatformError } from './platform-error.ts'
import type { MailProbe, NoProbe, Probe } from './probe.ts'
import { probes } from './probes.ts'
import { isRateLimited, parseJson } from './replies.ts'
import type { PlatformReply, Send } from './send.ts'

interface HealthCheckOptions {
  readonly send: Send
  readonly logIn: MailLogin
  readonly clock: Clock
  readonly ids: Ids
}

/** Checks integrations on their platforms. A check without an answer counts as a timeout, which changes no status. */
export function createHealthChecks(options: HealthCheckOptions): HealthChecks {
  return async (kind, integration) => {
    try {
      const check = prepare(kind, integration, options)
      // The effect `check_health` comes with this one and asks the platform.
      return kind === 'validate_credentials' ? { outcome: 'passed' } : await check()
    } catch (error) {
      if (error instanceof PlatformError) return { outcome: 'timeout', message: error.message }
      throw error
    }
  }
}

type Check = () => Promise<HealthCheckOutcome>

/** The check with everything that it needs. @throws PlatformError when something is missing. */
function prepare(kind: HealthCheckKind, integration: IntegrationRow, options: HealthCheckOptions): Check {
  try {
    const probe = findProbe(kind, integration)
    const origin: RequestOrigin = { seconds: Math.floor(options.clock().getTime() / 1000), id: options.ids() }
    const values = createIntegrationValues(integration, origin)
    if ('account' in probe) {
      const account = probe.account(values)
      return () => options.logIn(account)
    }
    const request = probe.request(values)
    return async () => judge(probe, await options.send(request))
  } catch (error) {
    throw error instanceof PlatformError ? new PlatformError(`not checked: ${error.message}`) : error
  }
}

const CHECKED: readonly HealthCheckKind[] = ['validate_credentials', 'check_health', 'connection', 'authentication']

function findProbe(kind: HealthCheckKind, { platform_name }: IntegrationRow): Probe | MailProbe {
  if (!CHECKED.includes(kind)) throw new PlatformError(`this version has no test \`${kind}\``)
  if (!isPlatform(platform_name)) throw new PlatformError('the platform is not known to this version')

  const probe: Probe | MailProbe | NoProbe = probes[platform_name]
  if ('notChecked' in probe) throw new PlatformError(probe.notChecked)
  return probe
}

/** What a reply means. The message quotes nothing of the reply but its status. */
function judge({ healthy, refusals = [] }: Probe, reply: PlatformReply): HealthCheckOutcome {
  const { status } = reply
  if (isRateLimited(reply)) return { outcome: 'rate_limited' }
  const json = parseJson(reply)
  if (status === 401 || status === 403 || refusals.includes(errorIn(json))) return { outcome: 'unauthorized' }
  if (status === 408 || status === 504) return { outcome: 'timeout' }
  if (status < 200 || status > 299) return { outcome: 'failed', message: `the platform answered with status ${status}` }
  if (healthy.safeParse(json).success) return { outcome: 'passed' }
  return { outcome: 'failed', message: 'the platform answered with a reply that is not documented' }
}

const errorIn = (json: unknown): string =>
  typeof json === 'object' && json !== null && 'error' in json ? String(json.error) : ''
