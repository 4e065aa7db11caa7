import { problems } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import { describeAnswer, describeRequest } from './describe.ts'
import type { Reply } from './observed-reply.ts'

/** A gateway or a rate limit answered in place of the service, so nothing is known about the contract. */
export class InterruptedError extends Error {
  readonly status: number

  constructor(reply: Reply) {
    super(`${describeRequest(reply)} returned ${describeAnswer(reply)}`)
    this.status = reply.status
  }
}

/**
 * Whether a gateway or a rate limit answered in place of the service. A 502 can also be a problem of the contract: then it has
 * a code.
 */
export function isInterruption({ status, json }: Pick<Reply, 'status' | 'json'>): boolean {
  if (status === 429 || status === 503 || status === 504) return true
  return status === 502 && !isProblem(json)
}

const isProblem = (json: unknown): boolean =>
  isJsonObject(json) && Object.keys(problems).some((code) => code === json['code'])

/** Whether the platform failed to return the fields of an integration. Any failure of the platform is sent as a 5xx. */
export const isPlatformFailure = ({ endpoint, status }: Pick<Reply, 'endpoint' | 'status'>): boolean =>
  endpoint === 'integrations.fields' && status >= 500 && status !== problems.not_supported.status
