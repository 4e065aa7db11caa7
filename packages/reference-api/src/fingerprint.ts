import type { EndpointId } from '@ai-ticket-creator/domain'

/**
 * A hash of what a call asks for. The body is in the current words and before names are looked up: old and new spelling
 * are one request, and a name that became ambiguous meanwhile is still the same name.
 */
export async function fingerprint(
  endpointId: EndpointId,
  params: Readonly<Record<string, string>>,
  body: unknown,
): Promise<string> {
  const text = inOneOrder([endpointId, params, body])
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** JSON whose keys are sorted, since their order says nothing. */
function inOneOrder(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOneOrder).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${inOneOrder(inner)}`).join()}}`
}
