import { isWithin } from './availability.ts'
import type { Generation } from './endpoint.ts'

/** A capability that a backend can announce. */
export interface CapabilityInfo {
  /** What a caller can rely on where the capability is announced. */
  readonly promise: string
  /** The first generation that can have the capability. Absent: the first of all. */
  readonly since?: Generation
}

const rows = {
  cursor: { promise: 'lists accept `cursor` and link to the next page' },
  'if-match': { promise: '`If-Match` is honoured: a write to a row that has changed since is refused' },
  'idempotency-key': { promise: 'a POST that is repeated with the same `Idempotency-Key` runs once' },
  'integration-id-echo': { promise: 'a ticket shows the `integration_id` that it was filed with' },
  'partial-put': { promise: 'PUT of a ticket leaves absent fields alone' },
  'stable-order': { promise: 'rows with equal sort keys are sorted by id, so pages neither repeat nor miss a row' },
  'platform-filter': { promise: 'integrations can be filtered by `platform_name`', since: 'transitional' },
  'patch-null': { promise: 'PATCH of a ticket clears the fields that are `null`', since: 'transitional' },
} as const satisfies Record<string, CapabilityInfo>

/** What a backend can announce in the header `API-Capabilities`. A caller relies on nothing that is not announced. */
export type Capability = keyof typeof rows

/** Every capability, with what it promises. */
export const CAPABILITIES: Readonly<Record<Capability, CapabilityInfo>> = rows

/** The capabilities that a backend of a generation can have, in the order of the table. */
export const capabilitiesOf = (generation: Generation): readonly Capability[] =>
  // Object.keys is typed string[]; the table is closed.
  (Object.keys(CAPABILITIES) as Capability[]).filter((name) => isWithin(CAPABILITIES[name], generation))
