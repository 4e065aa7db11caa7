import { parseBody } from '@ai-ticket-creator/domain'
import { expect, test } from 'vitest'

/** What is offered for a platform that nobody knows. */
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
  ['a word of three letters', 'smx', 'sms'],
])('%s is forgiven: %j', (_, word, meant) => {
  expect(suggested(word)).toEqual([meant])
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
])('%s is too much: %j', (_, word) => {
  expect(suggested(word)).toEqual([undefined])
})
