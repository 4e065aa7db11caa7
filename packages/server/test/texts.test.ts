import { expect, test } from 'vitest'
import { formatMarkdownReport, formatReport, formatRetirement } from '../src/cli/format-report.ts'
import { describeReason } from '../src/database/describe-reason.ts'
import { toTimeText } from '../src/database/time-text.ts'
import type { DeprecationReport, RemainingUse } from '../src/operations/deprecation-report.ts'
import { RETIRED_NAMES, retiredRoutes } from '../src/operations/retired-names.ts'
import { createLog } from '../src/runtime/log.ts'
import { secretsOf } from '../src/settings/secrets-of.ts'
import { readSettings } from '../src/settings/settings.ts'

const aUse: RemainingUse = {
  organization_id: '10000000-0000-4000-8000-000000000001',
  organization: 'Acme',
  consumer: 'billing|1',
  field: 'is_enabled',
  replacement: 'enabled',
  operation: 'integrations.create',
  direction: 'request',
  first_at: '2026-01-02T00:00:00.000000Z',
  last_at: '2026-02-27T00:00:00.000000Z',
  uses: 3,
  uses_before: 5,
}
const aReport: DeprecationReport = {
  days: 30,
  recorded_since: '2026-01-01T00:00:00.000000Z',
  consumers: 2,
  sunset: null,
  uses: [aUse, { ...aUse, uses: 5 }, { ...aUse, uses: 6 }, { ...aUse, uses_before: 0 }],
}

test('the trend compares the uses with those of as many days before', () => {
  const lines = formatReport(aReport).split('\n').slice(4, 8)

  expect(lines.map((line) => line.split(/ {2,}/).slice(-2))).toEqual([
    ['3', 'less'],
    ['5', 'same'],
    ['6', 'more'],
    ['3', 'new'],
  ])
})

test('the report without a deadline names none, and Markdown escapes what would end a cell', () => {
  const uses = [{ ...aUse, field: 'a|b' }]

  expect(formatMarkdownReport({ ...aReport, uses })).toBe(`# Deprecated names in use

In the last 30 days 1 of 2 consumers used deprecated names or received them. Recorded since 2026-01-01.

## billing|1 (Acme)

| field | use instead | operation | in | since | last | uses | trend |
| --- | --- | --- | --- | --- | --- | --- | --- |
| a\\|b | enabled | integrations.create | request | 2026-01-02 | 2026-02-27 | 3 | less |
`)
})

test('consumers of two organizations with the same name are two consumers', () => {
  const uses = [aUse, { ...aUse, organization_id: '10000000-0000-4000-8000-000000000002' }]

  const lines = formatReport({ ...aReport, uses }).split('\n')

  expect(lines[0]).toContain('2 of 2 consumers')
  expect(lines).toContain('billing|1 (Acme) 10000000-0000-4000-8000-000000000001')
  expect(lines).toContain('billing|1 (Acme) 10000000-0000-4000-8000-000000000002')
})

test('an answer without evidence is one line', () => {
  expect(formatRetirement({ field: 'is_enabled', answer: 'yes', reason: 'Nobody.', evidence: [] })).toBe(
    'is_enabled: yes. Nobody.\n',
  )
})

test.each(['2025-01-01T00:00:00', '01.01.2025 00:00:00 CET', ''])(
  '%j is no time with a time zone: it is refused',
  (text) => {
    expect(() => toTimeText(text)).toThrow(new Error(`not a time with a time zone: ${text}`))
  },
)

test('retired routes are retired names', () => {
  expect(retiredRoutes('tickets.setStatus')).toEqual([
    { field: 'PATCH /tickets/{ticket_id}/status', replacement: 'PATCH /tickets/{ticket_id}' },
  ])
  expect(retiredRoutes('tickets.list')).toEqual([])
  expect(RETIRED_NAMES).toContain('PATCH /tickets/{ticket_id}/assign')
})

test('the reason of an error with several causes lists them', () => {
  expect(describeReason(new AggregateError([new Error('one'), 'two']))).toBe('one; two')
})

test('the log has the code of an error, and a value that is not an Error', () => {
  const lines: string[] = []
  const log = createLog(readSettings({ ADMIN_TOKEN: 'a-token-of-operators' }, { usesKeys: false }), {
    write: (line) => lines.push(line),
  })

  log.error({ error: Object.assign(new Error('failed'), { code: '23505' }) }, 'one')
  log.error({ error: 'a-token-of-operators was sent' }, 'two')

  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
    { error: { name: 'Error', message: 'failed', code: '23505' } },
    { error: { name: 'string', message: '[redacted] was sent' } },
  ])
})

test('a password that is not valid percent-encoding is a secret as it is written', () => {
  const settings = readSettings({ DATABASE_URL: 'postgresql://app:50%ter@db/tickets' }, { usesKeys: false })

  expect(secretsOf(settings)).toEqual(['', '50%ter'])
})
