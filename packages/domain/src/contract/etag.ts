import { compiledEndpoint } from './compiled-contract.ts'
import type { EndpointId } from './contract.ts'

/** Whether a successful reply of an endpoint has an `ETag`: the reply shows one row, or the entry in the contract has `etag`. */
export function hasEtag(endpointId: EndpointId): boolean {
  const { reply, envelope, etag = false } = compiledEndpoint(endpointId)
  if (reply === undefined) return false
  return (
    etag ||
    envelope === 'ticket' ||
    ['id', 'updated_at'].every((field) => 'fields' in reply && Object.hasOwn(reply.fields, field))
  )
}
