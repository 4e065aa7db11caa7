import {
  type CategoryOf,
  type CreateIntegration,
  type CreateIntegrationBody,
  categoryOf,
  type IntegrationCategory,
  isPlatform,
  type LegacyCreateIntegration,
  type Platform,
  platformsIn,
  type UnknownPlatform,
} from '@ai-ticket-creator/domain'
import { describe, expectTypeOf, test } from 'vitest'

// The table of platforms, written out: the types are compared with it, not with the source.
interface Expected {
  jira: 'ticketing'
  servicenow: 'ticketing'
  zendesk: 'ticketing'
  freshdesk: 'ticketing'
  salesforce: 'crm'
  hubspot: 'crm'
  slack: 'messaging'
  teams: 'messaging'
  email: 'communication'
  sms: 'communication'
  zoom: 'communication'
  asana: 'project_management'
  trello: 'project_management'
  github: 'code_repository'
  webhook: 'webhook'
}
type Category =
  | 'ticketing'
  | 'crm'
  | 'messaging'
  | 'communication'
  | 'project_management'
  | 'code_repository'
  | 'webhook'

// One cell per pair: whether such an integration compiles.
type Compiles<Input> = {
  [P in keyof Expected]: {
    [C in Category]: { name: string; platform_name: P; integration_category: C } extends Input ? 'yes' : 'no'
  }
}
type CompilesInOldWords<Input> = {
  [P in keyof Expected]: {
    [C in Category]: { name: string; integration_type: P; integration_category: C } extends Input ? 'yes' : 'no'
  }
}
type ByTheTable = {
  [P in keyof Expected]: { [C in Category]: C extends Expected[P] ? 'yes' : 'no' }
}
type Cells<Table, Answer> = {
  [P in keyof Table]: { [C in keyof Table[P]]: Table[P][C] extends Answer ? [P, C] : never }[keyof Table[P]]
}[keyof Table]

// The number of members of a union, by peeling off one at a time.
type Last<U> = (U extends unknown ? (of: () => U) => void : never) extends (of: infer I) => void
  ? I extends () => infer One
    ? One
    : never
  : never
type Count<U, Counted extends unknown[] = []> = [U] extends [never]
  ? Counted['length']
  : Count<Exclude<U, Last<U>>, [...Counted, unknown]>

describe('platforms and categories', () => {
  test('there are 15 platforms and 7 categories', () => {
    expectTypeOf<Platform>().toEqualTypeOf<keyof Expected>()
    expectTypeOf<IntegrationCategory>().toEqualTypeOf<Category>()
  })

  test('every platform has the category of the table', () => {
    expectTypeOf<{ [P in Platform]: CategoryOf<P> }>().toEqualTypeOf<{ [P in keyof Expected]: Expected[P] }>()
    expectTypeOf(categoryOf('jira')).toEqualTypeOf<'ticketing'>()
    expectTypeOf(categoryOf<Platform>).returns.toEqualTypeOf<Category>()
  })

  test('15 of the 105 pairs compile as a new integration, and they are those of the table', () => {
    expectTypeOf<Compiles<CreateIntegration>>().toEqualTypeOf<ByTheTable>()
    expectTypeOf<Count<Cells<Compiles<CreateIntegration>, 'yes'>>>().toEqualTypeOf<15>()
    expectTypeOf<Count<Cells<Compiles<CreateIntegration>, 'no'>>>().toEqualTypeOf<90>()
  })

  test('the same 15 pairs compile with integration_type, also with both names', () => {
    expectTypeOf<CompilesInOldWords<LegacyCreateIntegration>>().toEqualTypeOf<ByTheTable>()
    expectTypeOf<Compiles<LegacyCreateIntegration>>().toEqualTypeOf<ByTheTable>()
  })

  test('integration_type and platform_name must be the same platform', () => {
    const agreeing = { name: 'Bugs', integration_type: 'jira', platform_name: 'jira' } satisfies LegacyCreateIntegration
    // @ts-expect-error slack is not jira
    const other = { name: 'Bugs', integration_type: 'slack', platform_name: 'jira' } satisfies LegacyCreateIntegration

    expectTypeOf(agreeing.integration_type).toEqualTypeOf<'jira'>()
    expectTypeOf(other.integration_type).toEqualTypeOf<'slack'>()
  })

  test('the right category compiles, another does not, and it may be left out', () => {
    const create = (_: CreateIntegration) => {}

    create({ name: 'Bugs', platform_name: 'jira', integration_category: 'ticketing' })
    create({ name: 'Bugs', platform_name: 'jira' })
    // @ts-expect-error jira is ticketing
    create({ name: 'Bugs', platform_name: 'jira', integration_category: 'crm' })
    // @ts-expect-error webhook is webhook
    create({ name: 'Hook', platform_name: 'webhook', integration_category: 'messaging' })
    // @ts-expect-error there is no such platform
    create({ name: 'Bugs', platform_name: 'jria' })
    // @ts-expect-error a category alone does not determine the platform
    create({ name: 'Bugs', integration_category: 'ticketing' })
    // @ts-expect-error a name is required
    create({ platform_name: 'jira' })
    // @ts-expect-error the name is retired
    create({ name: 'Bugs', platform_name: 'jira', integration_type: 'jira' })
    // @ts-expect-error the name is retired
    create({ name: 'Bugs', platform_name: 'jira', is_enabled: true })
  })

  test('the strict types have the fields of the schema, and the retired ones', () => {
    expectTypeOf<CreateIntegration>().toExtend<CreateIntegrationBody>()
    expectTypeOf<keyof CreateIntegration>().toEqualTypeOf<
      keyof CreateIntegrationBody | 'integration_type' | 'is_enabled'
    >()
    expectTypeOf<keyof LegacyCreateIntegration>().toEqualTypeOf<keyof CreateIntegration>()
  })

  test('the platforms of a category are typed', () => {
    expectTypeOf(platformsIn('crm')).toEqualTypeOf<readonly ('salesforce' | 'hubspot')[]>()
    expectTypeOf(platformsIn('webhook')).toEqualTypeOf<readonly 'webhook'[]>()
  })

  test('a guard narrows a value of a reply to known or unknown', () => {
    const value = 'jira' as Platform | UnknownPlatform

    if (isPlatform(value)) expectTypeOf(value).toEqualTypeOf<Platform>()
    else expectTypeOf(value).toEqualTypeOf<UnknownPlatform>()
  })

  test('an unknown value of a reply does not fit a request', () => {
    const value = 'acme' as Platform | UnknownPlatform

    // @ts-expect-error check with isPlatform first
    const input = { name: 'Bugs', platform_name: value } satisfies CreateIntegration

    expectTypeOf(input.name).toBeString()
  })
})
