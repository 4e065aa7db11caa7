import type { EndpointId } from '@ai-ticket-creator/domain'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * A hash of what a request asks for. The body is in the current generation, before names are resolved: old and new spelling
 * are one request, and a name that became ambiguous in the meantime is still the same name.
 *
 * Synchronous on purpose. `crypto.subtle` resolves on a later turn of the event loop, which a long run of in-process
 * requests does not reach; timers of the caller would then fire before its answer.
 */
export function fingerprint(endpointId: EndpointId, params: Readonly<Record<string, string>>, body: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson([endpointId, params, body]))))
}

/** JSON with sorted keys, since their order has no meaning. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join()}}`
}
