import { resolveIntegrationName } from '@ai-ticket-creator/domain'
import type { CallContext } from '../../core/call-context.ts'
import type { WithResponse } from '../../core/result.ts'
import { issueAt } from '../../errors/issue.ts'
import { InvalidRequestError } from '../../errors/request-errors.ts'
import { listAllIntegrations } from '../../pagination/list-all.ts'
import { longestPart } from '../../pagination/wildcards.ts'
import type { IntegrationSummary } from '../result-types.ts'
import { unwrap } from './unwrap.ts'

/** The one integration with exactly this name, usable or not. */
export async function findByName(call: CallContext, name: string): Promise<WithResponse<IntegrationSummary>> {
  const { data: named, response } = await listNamed(call, name)
  const resolved = resolveIntegrationName(name, named)
  if (resolved.code !== 'integration_unusable') unwrap(resolved, name)

  // Resolved among rows with exactly this name, and not ambiguous, so there is exactly one.
  return { data: named[0] as IntegrationSummary, response, unverified: [] }
}

/** All integrations with exactly this name, usable or not. */
export async function listNamed(call: CallContext, name: string): Promise<WithResponse<IntegrationSummary[]>> {
  if (typeof name !== 'string') throw new InvalidRequestError([issueAt(['name'], '`name` must be a string')])
  const wanted = name.trim()

  // The backend treats %, _ and \ as wildcards. The longest part without them matches all wanted rows and perhaps others; the
  // filter below removes those.
  const part = longestPart(wanted, /[%_\\]+/)
  const { data: rows, response } = await listAllIntegrations<IntegrationSummary>(
    call,
    part === '' ? {} : { name: part },
  )
  return { data: rows.filter((row) => row.name.trim() === wanted), response, unverified: [] }
}
