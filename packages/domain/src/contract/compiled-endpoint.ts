import type { JsonType, ObjectType } from '../schema/json-type.ts'
import type { Endpoint } from './endpoint.ts'

/** An entry of the contract as clients need it: without zod, and without what only documents show. */
export interface CompiledEndpoint
  extends Omit<Endpoint, 'summary' | 'refusals' | 'query' | 'body' | 'reply' | 'entities'> {
  readonly query?: ObjectType
  readonly body?: ObjectType
  readonly reply?: JsonType
  readonly entities?: readonly ObjectType[]
}
