import { GENERATIONS, parseBody, parseQuery } from '@ai-ticket-creator/domain'
import { expect, test } from 'vitest'

const required = { title: 'Printer', description: 'It is on fire' }

test.each(
  GENERATIONS.flatMap(
    (generation) =>
      [
        [generation, 'title', 'a\0b'],
        [generation, 'custom_fields', { deep: [{ 'a\0': 1 }] }],
        [generation, 'custom_fields', { deep: [{ a: 'b\0' }] }],
      ] as const,
  ),
)('%s: U+0000 in %s is refused at the field, because PostgreSQL cannot store it', (generation, field, value) => {
  const { issues } = parseBody('tickets.replace', { [field]: value }, { generation })

  expect(issues).toEqual([
    {
      type: 'string_null_character',
      loc: ['body', field],
      msg: `\`${field}\` must not contain the character U+0000`,
      code: 'validation_failed',
    },
  ])
})

test('U+0000 in a secret is refused without the secret', () => {
  const body = { name: 'Bugs', platform_name: 'jira', credentials: { email: 'ada@example.com', api_token: 'hidden\0' } }

  const { issues } = parseBody('integrations.create', body, { generation: 'current' })

  expect(issues.map(({ loc }) => loc)).toEqual([['body', 'credentials']])
  expect(JSON.stringify(issues)).not.toContain('hidden')
})

test('U+0000 in a query is refused', () => {
  const { issues } = parseQuery('tickets.list', [['q', 'a\0']], { generation: 'current' })

  expect(issues.map(({ type, loc }) => [type, loc])).toEqual([['string_null_character', ['query', 'q']]])
})

test('other control characters, and a long and deep value, are accepted', () => {
  const deep = { list: Array.from({ length: 200_000 }, () => 0), text: '\u0001\u001f\\u0000' }

  const { issues } = parseBody('tickets.create', { ...required, custom_fields: deep }, { generation: 'current' })

  expect(issues).toEqual([])
})
