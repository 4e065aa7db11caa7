import type {
  Integration as DomainIntegration,
  IntegrationSummary as DomainIntegrationSummary,
  EndpointId,
  QueryOf,
  ReplyOf,
  Ticket,
} from '@ai-ticket-creator/domain'
import type { Result } from '../core/result.ts'
import type { Page } from '../pagination/page.ts'
import type { Integration, IntegrationSummary, TicketSummary } from './result-types.ts'

type Resource = 'integrations' | 'tickets'
type IdOf<R extends Resource> = Extract<EndpointId, `${R}.${string}`>

// One endpoint has the two methods `enable` and `disable`. Methods for attachments are grouped under `attachments`.
type MethodNames<Id extends EndpointId> = Id extends 'integrations.setStatus'
  ? 'enable' | 'disable'
  : Id extends `${string}Attachments`
    ? never
    : Id extends `${string}.${infer Method}`
      ? Method
      : never

type AttachmentMethod<Id extends EndpointId> = Id extends `${string}.${infer Verb}Attachments` ? Verb : never

/**
 * An entity as the SDK shows it: a legacy backend may not show whether an integration is enabled. A named type, so that a
 * consumer's function can return it.
 */
export type ShownEntity<Entity> = Entity extends DomainIntegration
  ? Integration
  : Entity extends DomainIntegrationSummary
    ? IntegrationSummary
    : Entity

// Some existing backends list rows without their description.
type ShownItem<Item> = Item extends Ticket ? TicketSummary : ShownEntity<Item>

/** The reply of an endpoint as the SDK shows it. */
export type ShownReply<Id extends EndpointId> =
  ReplyOf<Id> extends undefined
    ? // biome-ignore lint/suspicious/noConfusingVoidType: it becomes the type of a promise without a value.
      void
    : ReplyOf<Id> extends readonly (infer Item)[]
      ? ShownEntity<Item>[]
      : ShownEntity<ReplyOf<Id>>

// A list is an endpoint whose query has a field for the page.
type DataOf<Id extends EndpointId> =
  Extract<keyof QueryOf<Id>, 'offset' | 'page'> extends never
    ? ShownReply<Id>
    : ReplyOf<Id> extends readonly (infer Item)[] | { items: readonly (infer Item)[] }
      ? Page<ShownItem<Item>>
      : never

type Method<Id extends EndpointId> = (...args: never[]) => Result<DataOf<Id>>

/** The methods that a resource must have: one for each endpoint of the contract. The compiler reports a missing one. */
export type MethodsOf<R extends Resource> = { [Id in IdOf<R> as MethodNames<Id>]: Method<Id> } & (R extends 'tickets'
  ? { readonly attachments: { [Id in IdOf<R> as AttachmentMethod<Id>]: Method<Id> } }
  : unknown)
