import type { CoreEndpointId, ReplyOf } from '@ai-ticket-creator/domain'
import type { Page } from './page.ts'
import type { Result } from './result.ts'

// Enabling and disabling is one endpoint and two methods.
type MethodNames<Id extends string> = Id extends 'integrations.setStatus'
  ? 'enable' | 'disable'
  : Id extends `${string}.${infer Method}`
    ? Method
    : never

type Shown<Entity> = Entity extends { enabled: boolean }
  ? Omit<Entity, 'enabled'> & { enabled: boolean | undefined }
  : Entity

type DataOf<Id extends CoreEndpointId> =
  ReplyOf<Id> extends readonly (infer Item)[]
    ? Page<Shown<Item>>
    : ReplyOf<Id> extends { items: readonly (infer Item)[] }
      ? Page<Shown<Item>>
      : Shown<ReplyOf<Id>>

/** The methods that a resource owes to the contract. */
export type MethodsOf<Resource extends 'integrations' | 'tickets'> = {
  [Id in Extract<CoreEndpointId, `${Resource}.${string}`> as MethodNames<Id>]: (...args: never[]) => Result<DataOf<Id>>
}

/** A resource that has them: an endpoint without its method does not compile. */
export type Complete<Resource extends 'integrations' | 'tickets', Methods extends MethodsOf<Resource>> = Methods
