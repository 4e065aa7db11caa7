import type { Generation } from '@ai-ticket-creator/domain'

/** What a client may rely on in a generation, beside the contract. */
export const capabilitiesOf = (generation: Generation): readonly string[] => [
  'cursor',
  'if-match',
  'idempotency-key',
  'integration-id-echo',
  // PUT of a ticket leaves absent fields alone. The existing backend clears some (existing backend: replace a ticket).
  'partial-put',
  // A legacy client filters by `integration_type`; `platform_name` does not exist there.
  ...(generation === 'legacy' ? [] : ['platform-filter']),
]
