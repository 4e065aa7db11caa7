import type {
  LegacyCreateTicket,
  LegacyIntegration,
  LegacyIntegrationType,
  LegacyListIntegrations,
  LegacySetIntegrationStatus,
  LegacyTicket,
  LegacyUpdateIntegration,
  PLATFORMS,
  Ticket,
  UnknownPlatform,
} from '@ai-ticket-creator/domain'
import { expectTypeOf, test } from 'vitest'

test('every old type is a platform of today', () => {
  expectTypeOf<LegacyIntegrationType>().toExtend<(typeof PLATFORMS)[number]>()
})

test('a request takes only old types; a reply may show a platform that came later', () => {
  expectTypeOf<LegacyListIntegrations['integration_type']>().toEqualTypeOf<LegacyIntegrationType | undefined>()
  expectTypeOf<LegacyIntegration['integration_type']>().toEqualTypeOf<LegacyIntegrationType | UnknownPlatform>()
})

test('new names are not in the old types', () => {
  expectTypeOf<LegacyIntegration>().not.toHaveProperty('platform_name')
  expectTypeOf<LegacyIntegration>().not.toHaveProperty('enabled')
  expectTypeOf<LegacyUpdateIntegration>().not.toHaveProperty('enabled')
  expectTypeOf<LegacyTicket>().not.toHaveProperty('assigned_to_id')
  expectTypeOf<LegacyCreateTicket>().not.toHaveProperty('integration_id')
})

test('what did not change has its type of today', () => {
  expectTypeOf<LegacyTicket['status']>().toEqualTypeOf<Ticket['status']>()
  expectTypeOf<LegacyTicket['integration_result']>().toEqualTypeOf<Ticket['integration_result']>()
})

test("the plan's bodies before the change are values of the old types", () => {
  expectTypeOf({
    title: 'Bug Report',
    description: '...',
    integration_name: 'JIRA Production',
  }).toExtend<LegacyCreateTicket>()
  expectTypeOf({ status: 'inactive', reason: 'maintenance' } as const).toExtend<LegacySetIntegrationStatus>()
})
