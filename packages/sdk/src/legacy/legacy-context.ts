import type { Ledger } from './deprecations/uses.ts'
import type { GenerationCache } from './generation-cache.ts'
import type { Lookup } from './names/name-lookup.ts'
import type { LegacySettings } from './options.ts'

/** What all calls of a client share about older generations. */
export interface LegacyContext {
  readonly settings: LegacySettings
  /** The old names that the client has seen in use. Clients made by `withOptions` share it. */
  readonly ledger: Ledger
  /** Shared by all clients of the process with the same address and `fetch`. */
  readonly generationCache: GenerationCache
  /** Integrations that were looked up by name. */
  readonly lookup: Lookup
}
