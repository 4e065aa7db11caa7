import type {
  BodyOf,
  CreateTicket,
  EndpointId,
  Integration,
  IntegrationStatus,
  IntegrationSummary,
  ListIntegrations,
  ParamsOf,
  Platform,
  QueryOf,
  ReplyOf,
  Ticket,
  TicketPage,
  UnknownPlatform,
  UnknownStatus,
  UpdateIntegration,
} from '@ai-ticket-creator/domain'
import { type Transition, type TransitionRefusal, transition } from '@ai-ticket-creator/domain'
import { expectTypeOf, test } from 'vitest'

test('an endpoint has the types of its body, query, parameters and reply', () => {
  expectTypeOf<BodyOf<'integrations.update'>>().toEqualTypeOf<UpdateIntegration>()
  expectTypeOf<BodyOf<'tickets.create'>>().toEqualTypeOf<CreateTicket>()
  expectTypeOf<QueryOf<'integrations.list'>>().toEqualTypeOf<ListIntegrations>()
  expectTypeOf<ParamsOf<'integrations.update'>>().toEqualTypeOf<{ readonly integration_id: string }>()
  expectTypeOf<ReplyOf<'integrations.list'>>().toEqualTypeOf<IntegrationSummary[]>()
  expectTypeOf<ReplyOf<'integrations.retrieve'>>().toEqualTypeOf<Integration>()
  expectTypeOf<ReplyOf<'tickets.list'>>().toEqualTypeOf<TicketPage>()
  expectTypeOf<TicketPage['items']>().toEqualTypeOf<Ticket[]>()
})

test('a part that an endpoint does not have is undefined', () => {
  expectTypeOf<BodyOf<'integrations.list'>>().toBeUndefined()
  expectTypeOf<QueryOf<'integrations.create'>>().toBeUndefined()
  expectTypeOf<ReplyOf<'tickets.delete'>>().toBeUndefined()
})

test('no public type of the wire is any', () => {
  type IsAny<T> = 0 extends 1 & T ? true : false
  type AnyIn<T> = { [K in keyof T]-?: IsAny<T[K]> extends true ? K : never }[keyof T]

  expectTypeOf<
    { [Id in EndpointId]: IsAny<BodyOf<Id>> | IsAny<QueryOf<Id>> | IsAny<ReplyOf<Id>> }[EndpointId]
  >().toEqualTypeOf<false>()
  expectTypeOf<AnyIn<Integration>>().toBeNever()
  expectTypeOf<AnyIn<Ticket>>().toBeNever()
  expectTypeOf<AnyIn<UpdateIntegration>>().toBeNever()
  expectTypeOf<AnyIn<CreateTicket>>().toBeNever()
})

test('enum values of replies are known or unknown', () => {
  expectTypeOf<Integration['platform_name']>().toEqualTypeOf<Platform | UnknownPlatform>()
  expectTypeOf<Integration['status']>().toEqualTypeOf<IntegrationStatus | UnknownStatus>()
})

test('a comparison with a known value narrows the type; one with a misspelled value does not compile', () => {
  const integration = {} as Integration

  if (integration.platform_name === 'jira') expectTypeOf(integration.platform_name).toEqualTypeOf<'jira'>()
  // @ts-expect-error there is no such platform
  const misspelled = integration.platform_name === 'jria'

  expectTypeOf(misspelled).toBeBoolean()
})

test('the types of replies have no retired names', () => {
  const integration = {} as Integration

  // @ts-expect-error it is `enabled` now
  const old: unknown = integration.is_enabled

  expectTypeOf(old).toBeUnknown()
  expectTypeOf<Integration>().not.toHaveProperty('credentials')
})

test('the code distinguishes a refusal from a transition', () => {
  const next = transition('active', 'disable')

  expectTypeOf(next).toEqualTypeOf<Transition | TransitionRefusal>()
  if (next.code === undefined) expectTypeOf(next.status).toEqualTypeOf<IntegrationStatus>()
  else expectTypeOf(next.code).toEqualTypeOf<'transition_refused'>()
})
