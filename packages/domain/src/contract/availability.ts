import { type EndpointId, endpointOf } from './contract.ts'
import { GENERATIONS, type Generation } from './endpoint.ts'

/** Whether a generation has an endpoint: retired routes end with transitional, newer ones begin with it. */

export function isAvailable(endpointId: EndpointId, generation: Generation): boolean {
  const { since = 'legacy', until = 'current' } = endpointOf(endpointId)
  const place = GENERATIONS.indexOf(generation)
  return GENERATIONS.indexOf(since) <= place && place <= GENERATIONS.indexOf(until)
}
