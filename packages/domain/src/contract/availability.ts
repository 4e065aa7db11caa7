import { compiledEndpoint } from './compiled-contract.ts'
import type { EndpointId } from './contract.ts'
import { GENERATIONS, type Generation } from './endpoint.ts'

/** The generations in which something exists, first and last included. Without `since` or `until` that side is unlimited. */
export interface Lifetime {
  readonly since?: Generation
  readonly until?: Generation
}

/** Whether a generation has an endpoint. */
export const isAvailable = (endpointId: EndpointId, generation: Generation): boolean =>
  isWithin(compiledEndpoint(endpointId), generation)

/** Whether something with this lifetime exists in a generation. */
export function isWithin({ since = 'legacy', until = 'current' }: Lifetime, generation: Generation): boolean {
  const place = GENERATIONS.indexOf(generation)
  return GENERATIONS.indexOf(since) <= place && place <= GENERATIONS.indexOf(until)
}
