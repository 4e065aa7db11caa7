import { isPlatform } from '@ai-ticket-creator/domain'
import type {
  Clock,
  HealthCheckKind,
  HealthCheckOutcome,
  HealthChecks,
  Ids,
  IntegrationRow,
} from '@ai-ticket-creator/reference-api'
import { CheckError } from './check-error.ts'
import type { MailLogin } from './mail-login.ts'
import { createProbedIntegration, type MailProbe, type NoProbe, type Probe, type ProbedIntegration } from './probe.ts'
import { probes } from './probes.ts'
import type { PlatformReply, Send } from './send.ts'

interface HealthCheckOptions {
  readonly send: Send
  readonly logIn: MailLogin
  readonly clock: Clock
  readonly ids: Ids
}

/** Checks integrations on their platforms. A check without an answer counts as a timeout, which changes no status. */
export function createHealthChecks({ send, logIn, clock, ids }: HealthCheckOptions): HealthChecks {
  return async (kind, integration) => {
    try {
      const probe = findProbe(kind, integration)
      const seconds = Math.floor(clock().getTime() / 1000)
      const probed = createProbedIntegration(integration, { seconds, id: ids() })
      const ask = 'account' in probe ? prepareLogin(probe, probed, logIn) : prepareRequest(probe, probed, send)
      // The effect `check_health` comes with this one and asks the platform.
      return kind === 'validate_credentials' ? { outcome: 'passed' } : await ask()
    } catch (error) {
      if (error instanceof CheckError) return { outcome: 'timeout', message: error.message }
      throw error
    }
  }
}

type Ask = () => Promise<HealthCheckOutcome>

function prepareLogin(probe: MailProbe, integration: ProbedIntegration, logIn: MailLogin): Ask {
  const account = probe.account(integration)
  return () => logIn(account)
}

function prepareRequest(probe: Probe, integration: ProbedIntegration, send: Send): Ask {
  const request = probe.request(integration)
  return async () => judge(probe, await send(request))
}

const CHECKED: readonly HealthCheckKind[] = ['validate_credentials', 'check_health', 'connection', 'authentication']

function findProbe(kind: HealthCheckKind, { platform_name }: IntegrationRow): Probe | MailProbe {
  if (!CHECKED.includes(kind)) throw new CheckError(`not checked: this version has no test \`${kind}\``)
  if (!isPlatform(platform_name)) throw new CheckError('not checked: the platform is not known to this version')

  const probe: Probe | MailProbe | NoProbe = probes[platform_name]
  if ('notChecked' in probe) throw new CheckError(probe.notChecked)
  return probe
}

/** What a reply means. The message quotes nothing of the reply but its status. */
function judge({ healthy, refusals = [] }: Probe, { status, headers, body }: PlatformReply): HealthCheckOutcome {
  if (status === 429 || (status === 403 && isLimited(headers))) return { outcome: 'rate_limited' }
  const json = parseJson(body)
  if (status === 401 || status === 403 || refusals.includes(errorIn(json))) return { outcome: 'unauthorized' }
  if (status === 408 || status === 504) return { outcome: 'timeout' }
  if (status < 200 || status > 299) return { outcome: 'failed', message: `the platform answered with status ${status}` }
  if (healthy.safeParse(json).success) return { outcome: 'passed' }
  return { outcome: 'failed', message: 'the platform answered with a reply that is not documented' }
}

/** GitHub answers 403 to a caller who sent too many requests. */
const isLimited = (headers: PlatformReply['headers']): boolean =>
  headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0'

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const errorIn = (json: unknown): string =>
  typeof json === 'object' && json !== null && 'error' in json ? String(json.error) : ''
