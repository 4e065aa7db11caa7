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

test('every value of integration_type is a platform', () => {
  expectTypeOf<LegacyIntegrationType>().toExtend<(typeof PLATFORMS)[number]>()
})

test('a request accepts only values of integration_type; a reply may show a platform that was added later', () => {
  expectTypeOf<LegacyListIntegrations['integration_type']>().toEqualTypeOf<LegacyIntegrationType | undefined>()
  expectTypeOf<LegacyIntegration['integration_type']>().toEqualTypeOf<LegacyIntegrationType | UnknownPlatform>()
})

test('the legacy types have no new names', () => {
  expectTypeOf<LegacyIntegration>().not.toHaveProperty('platform_name')
  expectTypeOf<LegacyIntegration>().not.toHaveProperty('enabled')
  expectTypeOf<LegacyUpdateIntegration>().not.toHaveProperty('enabled')
  expectTypeOf<LegacyTicket>().not.toHaveProperty('assigned_to_id')
  expectTypeOf<LegacyCreateTicket>().not.toHaveProperty('integration_id')
})

test('unchanged fields have their current type', () => {
  expectTypeOf<LegacyTicket['status']>().toEqualTypeOf<Ticket['status']>()
  expectTypeOf<LegacyTicket['integration_result']>().toEqualTypeOf<Ticket['integration_result']>()
})

test('the documented bodies from before the change are values of the legacy types', () => {
  expectTypeOf({
    title: 'Bug Report',
    description: '...',
    integration_name: 'JIRA Production',
  }).toExtend<LegacyCreateTicket>()
  expectTypeOf({ status: 'inactive', reason: 'maintenance' } as const).toExtend<LegacySetIntegrationStatus>()
})
