import type { Capability } from '@ai-ticket-creator/domain'
import type { ResponseMetadata } from '../core/result.ts'

/** The capabilities that a reply announces in `API-Capabilities`, including those that are newer than this version. */
export const capabilitiesIn = (headers: Headers): readonly string[] =>
  (headers.get('API-Capabilities') ?? '')
    .split(',')
    .map((capability) => capability.trim())
    .filter((capability) => capability !== '')

/** Whether a reply announces a capability. */
export const announces = ({ headers }: ResponseMetadata, capability: Capability): boolean =>
  capabilitiesIn(headers).includes(capability)
