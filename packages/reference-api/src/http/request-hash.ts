import type { EndpointId } from '@ai-ticket-creator/domain'
import { isRawJson } from '@ai-ticket-creator/domain/internal'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * A hash of endpoint, path and body. The body is in the current generation, so old and new spelling give the same hash.
 * Integration names are not resolved: a repeated request keeps its hash when a name has become ambiguous meanwhile.
 *
 * Synchronous on purpose. `crypto.subtle` resolves on a later turn of the event loop. Many in-process requests in a row delay
 * that turn, and timeouts of the caller would fire before the reply.
 */
export function requestHash(endpointId: EndpointId, params: Readonly<Record<string, string>>, body: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson([endpointId, params, body]))))
}

/** JSON with sorted keys: the order of keys has no meaning. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`
  if (typeof value !== 'object' || value === null || isRawJson(value)) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join()}}`
}
