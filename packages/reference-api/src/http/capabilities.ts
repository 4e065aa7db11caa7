import type { Generation } from '@ai-ticket-creator/domain'

/** What a caller may rely on, beside the contract. */
export const capabilitiesOf = (generation: Generation): readonly string[] => [
  'cursor',
  'if-match',
  'idempotency-key',
  'integration-id-echo',
  // PUT of a ticket leaves absent fields alone. An existing backend clears some of them (CONTRACT §3.2).
  'partial-put',
  // Legacy does not know the name `platform_name`: it filters by `integration_type`.
  ...(generation === 'legacy' ? [] : ['platform-filter']),
]
