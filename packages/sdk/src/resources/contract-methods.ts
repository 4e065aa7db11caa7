import type { EndpointId, QueryOf, ReplyOf } from '@ai-ticket-creator/domain'
import type { Result } from '../core/result.ts'
import type { Page } from '../pagination/page.ts'

type Resource = 'integrations' | 'tickets'
type IdOf<R extends Resource> = Extract<EndpointId, `${R}.${string}`>

// Enabling and disabling is one endpoint and two methods; attachments have a place of their own.
type MethodNames<Id extends EndpointId> = Id extends 'integrations.setStatus'
  ? 'enable' | 'disable'
  : Id extends `${string}Attachments`
    ? never
    : Id extends `${string}.${infer Method}`
      ? Method
      : never

type AttachmentMethod<Id extends EndpointId> = Id extends `${string}.${infer Verb}Attachments` ? Verb : never

type Shown<Entity> = Entity extends { enabled: boolean }
  ? Omit<Entity, 'enabled'> & { enabled: boolean | undefined }
  : Entity

/** What an endpoint answers, as the SDK shows it: a legacy backend may not say whether an integration is enabled. */
export type ShownReply<Id extends EndpointId> =
  ReplyOf<Id> extends undefined
    ? // biome-ignore lint/suspicious/noConfusingVoidType: it becomes a promise's, as of a function that gives nothing.
      void
    : ReplyOf<Id> extends readonly (infer Item)[]
      ? Shown<Item>[]
      : Shown<ReplyOf<Id>>

// Lists are those whose query says where a page begins.
type DataOf<Id extends EndpointId> =
  Extract<keyof QueryOf<Id>, 'offset' | 'page'> extends never
    ? ShownReply<Id>
    : ReplyOf<Id> extends readonly (infer Item)[] | { items: readonly (infer Item)[] }
      ? Page<Shown<Item>>
      : never

type Method<Id extends EndpointId> = (...args: never[]) => Result<DataOf<Id>>

/** The methods that a resource owes to the contract. */
export type MethodsOf<R extends Resource> = { [Id in IdOf<R> as MethodNames<Id>]: Method<Id> } & (R extends 'tickets'
  ? { readonly attachments: { [Id in IdOf<R> as AttachmentMethod<Id>]: Method<Id> } }
  : unknown)

/** A resource that has them: an endpoint without its method does not compile. */
export type Complete<R extends Resource, Methods extends MethodsOf<R>> = Methods
