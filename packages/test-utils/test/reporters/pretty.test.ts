import { stripVTControlCharacters } from 'node:util'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { toJson } from '../../src/reporters/json.ts'
import { pretty } from '../../src/reporters/pretty.ts'
import { aFinding, hostileFindings, theFindings } from './samples.ts'

test('a report lists known failures first and new failures last', () => {
  expect(pretty(theFindings({ fixed: ['tickets.delete/gone'] }))).toMatchInlineSnapshot(`
    "https://tickets.example.test  contract, mode read-only, generation current, seed 7

    · a title is stored  tickets.create/title
    ? the newest comes first  tickets.list/order
        reason     no rows
        expected   10 rows
        but got    11 rows
        rule       lists of the API
        rerun with ai-ticket-creator-verify --filter integrations.list/limit --seed 7
    ✗ a page has no more rows than its limit  integrations.list/limit
        expected   10 rows
        but got    11 rows
        rule       lists of the API
        rerun with ai-ticket-creator-verify --filter integrations.list/limit --seed 7
    ✓ tickets.delete/gone no longer fails; remove it from the baseline

    failed: 1 passed, 1 failed, 1 known to fail, 1 inconclusive, 1 skipped, 1 fixed since the baseline, in 1.2 s
    "
  `)
})

test('the report of an unreachable backend shows the reason', () => {
  const report = theFindings({ outcome: 'inconclusive', items: [], facts: [], reason: 'connection refused' })

  expect(pretty(report)).toBe(
    'https://tickets.example.test  contract\n\n? connection refused\n\ninconclusive: no case was run, in 1.2 s\n',
  )
})

test('colours change no text', () => {
  const colored = pretty(theFindings(), { color: true })

  expect(colored).toContain('\u001b[31m✗\u001b[39m')
  expect(stripVTControlCharacters(colored)).toBe(pretty(theFindings()))
})

test('no control character and no command reaches the terminal, for any titles and values', () => {
  fc.assert(
    fc.property(hostileFindings, (findings) => {
      const text = pretty(findings)
      expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cs}|##\[/u)
      for (const line of text.split('\n').slice(1)) expect(line).not.toMatch(/^\s*::/)
    }),
    { numRuns: 200 },
  )
})

test('JSON preserves all values and contains no command to a runner', () => {
  const value = { a: '##[add-mask]x', b: [aFinding({ title: ']]>\u0000' })] }

  const text = toJson(value)

  expect(text).not.toContain('##[')
  expect(JSON.parse(text)).toEqual(value)
})
