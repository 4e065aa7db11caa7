import { stripVTControlCharacters } from 'node:util'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { toJson } from '../../src/reporters/json.ts'
import { pretty } from '../../src/reporters/pretty.ts'
import { aFinding, hostileFindings, theFindings } from './samples.ts'

test('a report reads from what is known to what is broken', () => {
  expect(pretty(theFindings({ fixed: ['tickets.delete/gone'] }))).toMatchInlineSnapshot(`
    "https://tickets.example.test  contract, mode read-only, generation current, seed 7

    · a title is kept  tickets.create/title
    ? the newest comes first  tickets.list/order
        reason     no rows
        expected   10 rows
        but got    11 rows
        rule       lists of the API
        again with ai-ticket-creator-verify --filter integrations.list/limit --seed 7
    ✗ a page has no more rows than its limit  integrations.list/limit
        expected   10 rows
        but got    11 rows
        rule       lists of the API
        again with ai-ticket-creator-verify --filter integrations.list/limit --seed 7
    ✓ tickets.delete/gone passes by now; take it out of the baseline

    failed: 1 passed, 1 failed, 1 known to fail, 1 inconclusive, 1 skipped, 1 fixed since the baseline, in 1.2 s
    "
  `)
})

test('a report that reached nobody says why', () => {
  const report = theFindings({ outcome: 'inconclusive', items: [], facts: [], reason: 'connection refused' })

  expect(pretty(report)).toBe(
    'https://tickets.example.test  contract\n\n? connection refused\n\ninconclusive: nothing was tried, in 1.2 s\n',
  )
})

test('colours change no letter', () => {
  const colored = pretty(theFindings(), { color: true })

  expect(colored).toContain('\u001b[31m✗\u001b[39m')
  expect(stripVTControlCharacters(colored)).toBe(pretty(theFindings()))
})

test('whatever titles and values hold, no control character and no command gets to the terminal', () => {
  fc.assert(
    fc.property(hostileFindings, (findings) => {
      const text = pretty(findings)
      expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cs}|##\[/u)
      for (const line of text.split('\n').slice(1)) expect(line).not.toMatch(/^\s*::/)
    }),
    { numRuns: 200 },
  )
})

test('JSON holds values as they are, and no command to a runner', () => {
  const value = { a: '##[add-mask]x', b: [aFinding({ title: ']]>\u0000' })] }

  const text = toJson(value)

  expect(text).not.toContain('##[')
  expect(JSON.parse(text)).toEqual(value)
})
