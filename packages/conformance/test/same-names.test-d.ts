import type * as domain from '@ai-ticket-creator/domain'
import type * as sdk from '@ai-ticket-creator/sdk'
import { expectTypeOf, test } from 'vitest'

/** Whether a value of one of the two types always fits the other. */
type Related<A, B> = [A] extends [B] ? true : [B] extends [A] ? true : false

test('a type of the SDK that has the name of a type of the domain is a variant of it', () => {
  expectTypeOf<Related<domain.CreateTicket, sdk.CreateTicket>>().toEqualTypeOf<true>()
  expectTypeOf<Related<domain.CreateTicketWithAi, sdk.CreateTicketWithAi>>().toEqualTypeOf<true>()
  expectTypeOf<Related<domain.Integration, sdk.Integration>>().toEqualTypeOf<true>()
  expectTypeOf<Related<domain.IntegrationSummary, sdk.IntegrationSummary>>().toEqualTypeOf<true>()
  expectTypeOf<Related<domain.Issue, sdk.Issue>>().toEqualTypeOf<true>()
  expectTypeOf<Related<domain.LegacyCreateTicket, sdk.LegacyCreateTicket>>().toEqualTypeOf<true>()
  expectTypeOf<Related<domain.LegacyCreateTicketWithAi, sdk.LegacyCreateTicketWithAi>>().toEqualTypeOf<true>()
  expectTypeOf<Related<domain.LegacyFile, sdk.LegacyFile>>().toEqualTypeOf<true>()
  expectTypeOf<Related<domain.LegacyListIntegrations, sdk.LegacyListIntegrations>>().toEqualTypeOf<true>()
  expectTypeOf<Related<domain.LegacyListTickets, sdk.LegacyListTickets>>().toEqualTypeOf<true>()
  expectTypeOf<Related<domain.LegacyReplaceTicket, sdk.LegacyReplaceTicket>>().toEqualTypeOf<true>()
  expectTypeOf<Related<domain.LegacyUpdateIntegration, sdk.LegacyUpdateIntegration>>().toEqualTypeOf<true>()
  expectTypeOf<Related<domain.ListActiveIntegrations, sdk.ListActiveIntegrations>>().toEqualTypeOf<true>()
  expectTypeOf<Related<domain.ListIntegrations, sdk.ListIntegrations>>().toEqualTypeOf<true>()
  expectTypeOf<Related<domain.ListTickets, sdk.ListTickets>>().toEqualTypeOf<true>()
  expectTypeOf<Related<domain.ReplaceTicket, sdk.ReplaceTicket>>().toEqualTypeOf<true>()
  expectTypeOf<Related<domain.UpdateIntegration, sdk.UpdateIntegration>>().toEqualTypeOf<true>()
  expectTypeOf<Related<domain.UpdateTicket, sdk.UpdateTicket>>().toEqualTypeOf<true>()
  expectTypeOf<Related<domain.LegacyIntegrationNames, sdk.LegacyIntegrationNames>>().toEqualTypeOf<true>()
})
