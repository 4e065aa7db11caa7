import { type Capability, GENERATIONS } from '@ai-ticket-creator/domain'
import type { Evidence } from './client-state.ts'
import type { ResponseMetadata } from './result.ts'

/** The capabilities that a reply announces in `API-Capabilities`, including those that are newer than this version. */
export const capabilitiesIn = (headers: Headers): readonly string[] =>
  (headers.get('API-Capabilities') ?? '')
    .split(',')
    .map((capability) => capability.trim())
    .filter((capability) => capability !== '')

/** Whether a reply announces a capability. */
export const announces = ({ headers }: ResponseMetadata, capability: Capability): boolean =>
  capabilitiesIn(headers).includes(capability)

/**
 * The creation time of a row, in a list sorted by it. Rows with equal times may change places between two pages of a backend
 * without a stable order. Undefined if the backend announces a stable order, or if the row has no creation time.
 */
export function tieKeyOf(row: object, response: ResponseMetadata): string | undefined {
  const { created_at: createdAt } = row as { readonly created_at?: unknown }
  return typeof createdAt === 'string' && !announces(response, 'stable-order') ? createdAt : undefined
}

/** Whether a reply announces capabilities. Replies of existing backends announce none. */
export const isAnnounced = ({ headers }: ResponseMetadata): boolean => headers.has('API-Capabilities')

/** The generation that a reply announces in `API-Generation`. */
export function announcedGeneration(headers: Headers): Evidence | undefined {
  const header = headers.get('API-Generation')?.trim().toLowerCase()
  const generation = GENERATIONS.find((known) => known === header)
  return generation && { generation, source: 'header' }
}
