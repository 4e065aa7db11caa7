import type { JsonType, ObjectType } from '../schema/json-type.ts'
import type { Endpoint } from './endpoint.ts'

/** An endpoint of the contract in the form that the SDK uses: JSON types instead of zod schemas, without summary and refusals. */
export interface CompiledEndpoint
  extends Omit<Endpoint, 'summary' | 'refusals' | 'query' | 'body' | 'reply' | 'entities'> {
  readonly query?: ObjectType
  readonly body?: ObjectType
  readonly reply?: JsonType
  readonly entities?: readonly ObjectType[]
}
