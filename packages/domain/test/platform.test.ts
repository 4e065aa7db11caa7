import {
  categoryOf,
  IntegrationCategory,
  isIntegrationCategory,
  isPlatform,
  PLATFORMS,
  parseBody,
  parseCreateIntegration,
  platformsIn,
} from '@ai-ticket-creator/domain'
import { expect, test } from 'vitest'

// The table of platforms, written out.
const table = [
  ['jira', 'ticketing'],
  ['servicenow', 'ticketing'],
  ['zendesk', 'ticketing'],
  ['freshdesk', 'ticketing'],
  ['salesforce', 'crm'],
  ['hubspot', 'crm'],
  ['slack', 'messaging'],
  ['teams', 'messaging'],
  ['email', 'communication'],
  ['sms', 'communication'],
  ['zoom', 'communication'],
  ['asana', 'project_management'],
  ['trello', 'project_management'],
  ['github', 'code_repository'],
  ['webhook', 'webhook'],
] as const
const categories = [
  'ticketing',
  'crm',
  'messaging',
  'communication',
  'project_management',
  'code_repository',
  'webhook',
] as const
const pairs = table.flatMap(([platform, right]) => categories.map((category) => ({ platform, category, right })))
const fitting = pairs.filter(({ category, right }) => category === right)
const contradicting = pairs.filter(({ category, right }) => category !== right)

test('there are 15 platforms, grouped by category', () => {
  expect(PLATFORMS).toEqual(table.map(([platform]) => platform))
})

test('each category has its key in IntegrationCategory', () => {
  expect(IntegrationCategory).toEqual({
    TICKETING: 'ticketing',
    CRM: 'crm',
    MESSAGING: 'messaging',
    COMMUNICATION: 'communication',
    PROJECT_MANAGEMENT: 'project_management',
    CODE_REPOSITORY: 'code_repository',
    WEBHOOK: 'webhook',
  })
})

test.each(table)('%s is %s', (platform, category) => {
  expect(categoryOf(platform)).toBe(category)
})

test('every category has its platforms', () => {
  expect(categories.map((category) => [category, platformsIn(category)])).toEqual([
    ['ticketing', ['jira', 'servicenow', 'zendesk', 'freshdesk']],
    ['crm', ['salesforce', 'hubspot']],
    ['messaging', ['slack', 'teams']],
    ['communication', ['email', 'sms', 'zoom']],
    ['project_management', ['asana', 'trello']],
    ['code_repository', ['github']],
    ['webhook', ['webhook']],
  ])
})

test('15 of the 105 pairs of platform and category fit', () => {
  expect([pairs.length, fitting.length, contradicting.length]).toEqual([105, 15, 90])
})

test.each(fitting)('$platform with $category is valid, and returned unchanged', ({ platform, category }) => {
  const input = { name: 'Integration', integration_category: category, platform_name: platform }

  const parsed = parseCreateIntegration(input)

  expect(parsed).toEqual(input)
})

test.each(contradicting)(
  '$platform with $category is refused with $right as replacement',
  ({ platform, category, right }) => {
    const input = { name: 'Integration', integration_category: category, platform_name: platform }

    const { issues } = parseBody('integrations.create', input, { generation: 'current' })

    expect(issues).toEqual([
      {
        type: 'value_error',
        loc: ['body', 'integration_category'],
        msg: `\`integration_category\` of \`${platform}\` is \`${right}\`; send \`${right}\`, or leave it out`,
        code: 'category_mismatch',
        replacement: right,
      },
    ])
    expect(() => parseCreateIntegration(input)).toThrow(`is \`${right}\``)
  },
)

test('a platform alone gets its category, placed before it', () => {
  const parsed = parseCreateIntegration({ name: 'Chat', platform_name: 'slack', enabled: false })

  expect(Object.entries(parsed)).toEqual([
    ['name', 'Chat'],
    ['integration_category', 'messaging'],
    ['platform_name', 'slack'],
    ['enabled', false],
  ])
})

test('an undefined category counts as absent', () => {
  const input = { name: 'Chat', integration_category: undefined, platform_name: 'slack' }

  const parsed = parseCreateIntegration(input)

  expect(Object.entries(parsed)).toEqual([
    ['name', 'Chat'],
    ['integration_category', 'messaging'],
    ['platform_name', 'slack'],
  ])
})

test('input that breaks several rules is refused with an issue for each', () => {
  const parse = () => parseCreateIntegration({ name: ' ', platform_name: 'jria', is_enabled: true, nmae: 'Bugs' })

  expect(parse).toThrowErrorMatchingInlineSnapshot(
    `[InvalidInputError: \`is_enabled\` is retired; send \`enabled\`; \`nmae\` is not a field; did you mean \`name\`?; \`name\` must not be blank; \`platform_name\` must be one of jira, servicenow, zendesk, freshdesk, salesforce, hubspot, slack, teams, email, sms, zoom, asana, trello, github, webhook; did you mean \`jira\`?]`,
  )
  expect(parse).toThrow(
    expect.objectContaining({
      name: 'InvalidInputError',
      code: 'validation_failed',
      issues: [
        expect.objectContaining({ loc: ['body', 'is_enabled'], code: 'retired_field', replacement: 'enabled' }),
        expect.objectContaining({ loc: ['body', 'nmae'], code: 'unknown_field', replacement: 'name' }),
        expect.objectContaining({ loc: ['body', 'name'], code: 'validation_failed' }),
        expect.objectContaining({ loc: ['body', 'platform_name'], code: 'unknown_platform', replacement: 'jira' }),
      ],
    }),
  )
})

test.each([
  [undefined, 'the body is required; send a JSON object'],
  [null, 'the body must be an object, not null'],
  [[], 'the body must be an object, not a list'],
  ['jira', 'the body must be an object, not a string'],
  [7, 'the body must be an object, not an integer'],
  [0.5, 'the body must be an object, not a number'],
  [true, 'the body must be an object, not a boolean'],
  [7n, 'the body must be an object, not bigint'],
])('input that is not an object is refused: %s', (input, message) => {
  expect(() => parseCreateIntegration(input)).toThrow(message)
})

test('platforms and categories are case-sensitive', () => {
  expect(['jira', 'JIRA', ' jira', '', 'ticketing', null, undefined].map((value) => isPlatform(value))).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
    false,
  ])
  expect(['crm', 'CRM', ' crm', '', 'jira', null, undefined].map((value) => isIntegrationCategory(value))).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
    false,
  ])
})

test('categoryOf throws for a value that is not a platform', () => {
  // A value from outside that was not checked with isPlatform.
  const value = 'acme' as 'jira'

  expect(() => categoryOf(value)).toThrowErrorMatchingInlineSnapshot(`[RangeError: \`acme\` is not a platform]`)
})
