import type { Capability } from '@ai-ticket-creator/domain'
import type { ResponseMetadata } from '../core/result.ts'

/** The capabilities that a reply announces, those included that this version does not know. */
export const capabilitiesIn = (headers: Headers): readonly string[] =>
  (headers.get('API-Capabilities') ?? '').split(',').map((word) => word.trim())

/** Whether a reply announces a capability. */
export const announces = ({ headers }: ResponseMetadata, capability: Capability): boolean =>
  capabilitiesIn(headers).includes(capability)
