import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { annotations } from '../../src/reporters/github.ts'
import { aFinding, hostileFindings, theFindings } from './samples.ts'

test('a report is a summary and an annotation for each finding, failures first', () => {
  expect(annotations(theFindings({ fixed: ['tickets.delete/gone'] }))).toMatchInlineSnapshot(`
    "::notice title=ai-ticket-creator-verify%3A failed::1 passed, 1 failed, 1 known to fail, 1 inconclusive, 1 skipped, 1 fixed since the baseline
    ::error title=a page has no more rows than its limit::expected 10 rows%0Abut got 11 rows%0Arerun with: ai-ticket-creator-verify --filter integrations.list/limit --seed 7%0A(integrations.list/limit)
    ::warning title=the newest comes first::no rows%0Aexpected 10 rows%0Abut got 11 rows%0Arerun with: ai-ticket-creator-verify --filter integrations.list/limit --seed 7%0A(tickets.list/order)
    ::notice title=a title is stored::expected 10 rows%0Abut got 11 rows%0Arerun with: ai-ticket-creator-verify --filter integrations.list/limit --seed 7%0A(tickets.create/title)
    ::notice title=Fixed::tickets.delete/gone no longer fails; remove it from the baseline
    "
  `)
})

test('a finding with a location is annotated in its file', () => {
  const location = { file: 'src/a,b.ts', line: 3, column: 7 }

  const text = annotations(theFindings({ items: [aFinding({ location, title: 'is_enabled: gone' })] }))

  expect(text).toContain('::error file=src/a%2Cb.ts,line=3,col=7,title=is_enabled%3A gone::')
})

test.each([
  ['a percent sign', '100%', '100%25'],
  ['a text that looks escaped', '%0A', '%250A'],
  ['a newline', 'a\nb', 'a\\nb'],
  ['a carriage return', 'a\r', 'a\\r'],
  ['a colon or a comma, which a message may contain, ', 'a: b, c', 'a: b, c'],
])('%s in a message is escaped', (_, reason, escaped) => {
  const text = annotations(theFindings({ items: [aFinding({ reason, expected: undefined, actual: undefined })] }))

  expect(text).toContain(`::${escaped}%0Arerun with: `)
})

test('a failure of severity warning is a warning, a known failure is a notice', () => {
  const items = [aFinding({ severity: 'warning' }), aFinding({ known: true })]

  const lines = annotations(theFindings({ items })).split('\n')

  expect(lines.map((line) => line.split(' ')[0])).toEqual(['::notice', '::warning', '::notice', ''])
})

test('for any titles and values each line is exactly one command of ours', () => {
  fc.assert(
    fc.property(hostileFindings, (findings) => {
      const lines = annotations(findings).split('\n').slice(0, -1)
      for (const line of lines)
        expect(line).toMatch(/^::(?:error|warning|notice) [a-z]+=[^:,\r\n]*(?:,[a-z]+=[^:,\r\n]*)*::[^\r\n]*$/)
      const extra = findings.fixed.length + findings.leftovers.length + (findings.reason === undefined ? 0 : 1) + 1
      const shown = findings.items.filter(({ outcome }) => outcome === 'failed' || outcome === 'inconclusive')
      expect(lines.length).toBe(shown.length + extra)
    }),
    { numRuns: 200 },
  )
})
