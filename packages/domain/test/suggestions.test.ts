import { parseBody } from '@ai-ticket-creator/domain'
import { expect, test } from 'vitest'

/** The suggestion for an unknown platform. */
function suggested(platform: string) {
  const { issues } = parseBody(
    'integrations.create',
    { name: 'Bugs', platform_name: platform },
    { generation: 'current' },
  )
  return issues.map(({ replacement }) => replacement)
}

test.each([
  ['a letter too many', 'jiira', 'jira'],
  ['a letter too many at the start', 'xjira', 'jira'],
  ['a letter too many at the end', 'jirax', 'jira'],
  ['a letter too few', 'jia', 'jira'],
  ['no first letter', 'ira', 'jira'],
  ['a wrong letter', 'jixa', 'jira'],
  ['neighbours swapped', 'jria', 'jira'],
  ['the first two swapped', 'ijra', 'jira'],
  ['the last two swapped', 'jiar', 'jira'],
  ['capitals and spaces', '  JIRA ', 'jira'],
  ['three of ten letters wrong', 'xxxvicenow', 'servicenow'],
  ['three letters', 'smx', 'sms'],
])('a suggestion is found despite %s: %j', (_, value, suggestion) => {
  expect(suggested(value)).toEqual([suggestion])
})

test.each([
  ['two letters too many', 'jiiira'],
  ['two letters too few', 'jr'],
  ['two wrong letters side by side', 'jxxa'],
  ['a swap with one letter that was not there', 'jrxa'],
  ['a swap with the other letter that was not there', 'jxia'],
  ['four of ten letters wrong', 'xxxxicenow'],
  ['nothing', ''],
  ['nothing but spaces', '   '],
])('no suggestion for %s: %j', (_, value) => {
  expect(suggested(value)).toEqual([undefined])
})
