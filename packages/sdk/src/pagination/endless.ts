import { compiledEndpoint } from '@ai-ticket-creator/domain/internal'
import type { ResponseMetadata } from '../core/result.ts'
import { ResponseMismatchError } from '../errors/response-mismatch-error.ts'
import type { Listing } from './listing.ts'

interface ShownRows {
  readonly rows: readonly object[]
  readonly hasMore: boolean
  readonly response: ResponseMetadata
}

/**
 * Checks that a list ends: a page that follows another one has other rows, and an empty page has no page after it.
 *
 * @throws ResponseMismatchError
 */
export function assertProgress(
  { endpointId }: Pick<Listing, 'endpointId'>,
  previousIds: readonly unknown[],
  reply: ShownRows,
): void {
  const { rows, hasMore } = reply
  const isEmpty = rows.length === 0 && hasMore
  const isRepeated = hasMore && rows.length > 0 && isSame(previousIds, rows.map(idOf))
  if (isEmpty) throw endlessList(endpointId, reply, 'the page is empty and another one is to follow')
  if (isRepeated) throw endlessList(endpointId, reply, 'the page is the one before it again')
}

/** The error for a list that does not end. */
export const endlessList = (
  endpoint: Listing['endpointId'],
  { response: { status, requestId } }: Pick<ShownRows, 'response'>,
  problem = 'the page is too short and another one is to follow',
): ResponseMismatchError => {
  const { method, path } = compiledEndpoint(endpoint)
  const message = `${method} ${path}: the list does not end: ${problem}`
  return new ResponseMismatchError(message, { endpoint, status, requestId })
}

/** The id of a row. */
export const idOf = (row: unknown): unknown =>
  typeof row === 'object' && row !== null && 'id' in row ? row.id : undefined

const isSame = (some: readonly unknown[], others: readonly unknown[]): boolean =>
  some.length === others.length && some.every((id, index) => id !== undefined && id === others[index])
