import { isIP } from 'node:net'
import type { HealthCheckOutcome } from '@ai-ticket-creator/reference-api'
import { resolveHost } from './resolve-host.ts'
import type { SendOptions } from './send.ts'
import { TIMEOUT, withinTime } from './within-time.ts'

export interface MailAccount {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
}

/** Logs in to a mail server and sends nothing. @throws PlatformError when there is no answer. */
export type MailLogin = (account: MailAccount) => Promise<HealthCheckOutcome>

/** Connects to the address that was checked. Outside of allowed networks the password is sent over TLS only. */
export const createMailLogin =
  ({ timeout = TIMEOUT, ...options }: SendOptions): MailLogin =>
  ({ host, port, user, password }) =>
    withinTime(timeout, async ({ signal }) => {
      const { addresses, isAllowed } = await resolveHost(host, options)
      signal.throwIfAborted()

      // Loaded when it is needed, so that `start` is faster.
      const { createTransport } = await import('nodemailer')
      const transport = createTransport({
        host: addresses[0].address,
        port,
        secure: port === IMPLICIT_TLS,
        requireTLS: !isAllowed,
        auth: { user, pass: password },
        // The certificate is for the name, not for the address.
        ...(isIP(host) === 0 && { tls: { servername: host } }),
        connectionTimeout: timeout,
        greetingTimeout: timeout,
        socketTimeout: timeout,
      })
      return transport.verify().then(() => PASSED, refusalOf)
    })

const IMPLICIT_TLS = 465

const PASSED: HealthCheckOutcome = { outcome: 'passed' }

/** RFC 4954: a 5xx code refuses the credentials, a 4xx code asks to try again. */
function refusalOf(error: unknown): HealthCheckOutcome {
  const isRefusal = error instanceof Error && 'code' in error && error.code === 'EAUTH'
  if (!isRefusal) throw error
  const isPermanent = 'responseCode' in error && Number(error.responseCode) >= 500
  return { outcome: isPermanent ? 'unauthorized' : 'timeout' }
}
