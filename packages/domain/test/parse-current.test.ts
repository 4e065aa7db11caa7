import { expect, test } from 'vitest'
import { ENDPOINT_IDS, parseBody, parseQuery } from '../src/index.ts'
import { crossEndpointAliases, parseCurrentBody, parseCurrentQuery, retiredNamesOf } from '../src/internal/index.ts'

// A client of the current generation parses without the conversions of older ones. What it refuses is what the API refuses.

const withBody = ENDPOINT_IDS.filter((id) => retiredNamesOf(id, 'body').length > 0)

test.each(withBody)(
  'the body of %s: each retired name is refused with the name to use instead, as by the API',
  (id) => {
    const names = retiredNamesOf(id, 'body').filter(
      ({ field }) => !Object.hasOwn(crossEndpointAliases[id] ?? {}, field),
    )
    for (const { field, replacement } of names) {
      const { issues, body, used } = parseCurrentBody(id, { [field]: 'jira' })

      expect(issues).toContainEqual(
        expect.objectContaining({ loc: ['body', field], code: 'retired_field', replacement }),
      )
      expect(issues).toEqual(parseBody(id, { [field]: 'jira' }, { generation: 'current' }).issues)
      expect([body, used]).toEqual([{}, [{ field, replacement }]])
    }
  },
)

test('a retired name of another ticket endpoint is refused with the name to use instead', () => {
  const [files, reason] = parseCurrentBody('tickets.update', { file_ids: [], reason: 'On leave' }).issues

  expect(files).toMatchObject({ code: 'retired_field', replacement: 'attachments' })
  expect(reason).toMatchObject({ code: 'retired_field', replacement: 'assignment_reason' })
})

test('a retired name in a query is refused with the name to use instead, as by the API', () => {
  const pairs = [['is_enabled', '1']] as const

  expect(parseCurrentQuery('integrations.list', pairs).issues).toEqual([
    {
      type: 'value_error',
      loc: ['query', 'is_enabled'],
      msg: '`is_enabled` is retired; send `enabled`',
      code: 'retired_field',
      replacement: 'enabled',
    },
  ])
  expect(parseCurrentQuery('integrations.list', pairs).issues).toEqual(
    parseQuery('integrations.list', pairs, { generation: 'current' }).issues,
  )
})

test('a body with the current names is read as by the API: texts are trimmed and the category is completed', () => {
  const given = { name: ' JIRA ', platform_name: 'jira', description: null }

  expect(parseCurrentBody('integrations.create', given)).toEqual({
    body: { name: 'JIRA', integration_category: 'ticketing', platform_name: 'jira' },
    issues: [],
    used: [],
    ignored: [],
  })
})

test('a retired name beside the new one does not hide a fault of the new one', () => {
  const { issues } = parseCurrentBody('integrations.update', { is_enabled: true, enabled: 'yes' })

  expect(issues.map(({ loc, code }) => [loc[1], code])).toEqual([
    ['is_enabled', 'retired_field'],
    ['enabled', 'validation_failed'],
  ])
})

test('a body that is no object is refused', () => {
  expect(parseCurrentBody('integrations.create', [])).toMatchObject({
    issues: [{ loc: ['body'], msg: 'the body must be an object, not a list' }],
  })
})

test('a retired route keeps the names of its own body', () => {
  expect(retiredNamesOf('tickets.assign', 'body')).toEqual([])
  expect(parseCurrentBody('tickets.assign', { assigned_to_id: null, reason: 'on leave' }).issues).toEqual([])
})
