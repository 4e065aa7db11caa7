import XMLBuilder from 'fast-xml-builder'
import { written } from './escape-control.ts'
import { countOf, detailsOf, type Finding, type Findings, inOrder, summaryOf, verdictOf } from './findings.ts'

/**
 * JUnit XML as Jenkins has a schema for it; Ant's own wants the attributes that look superfluous. An inconclusive case is an `error`, so that it is neither passed nor
 * failed; a known failure and a warning are `skipped`, so that they turn no build red.
 */
export function junit(findings: Findings): string {
  const cases = findings.reason === undefined ? inOrder(findings.items) : [nothingFound(findings), ...findings.items]
  const failures = countOf(cases, 'failed')
  const errors = countOf(cases, 'inconclusive')
  const skipped = countOf(cases, 'skipped') + countOf(cases, 'known') + countOf(cases, 'warned')
  const suite = {
    '@name': findings.suite,
    '@package': 'ai-ticket-creator-verify',
    '@id': '0',
    '@tests': String(cases.length),
    '@failures': String(failures),
    '@errors': String(errors),
    '@skipped': String(skipped),
    '@time': seconds(findings.durationMs),
    // Without a zone, as the schema of Ant wants it.
    '@timestamp': findings.startedAt.toISOString().slice(0, 19),
    '@hostname': hostOf(findings.subject),
    properties: {
      property: [['subject', findings.subject] as const, ...findings.facts].map(([name, value]) => ({
        '@name': name,
        '@value': written(value),
      })),
    },
    testcase: cases.map(testcase),
    'system-out': summaryOf(findings),
    'system-err': findings.leftovers.map(written).join('\n'),
  }
  const document = builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: { testsuite: suite },
  })
  return document.replaceAll('##[', '&#35;#[')
}

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  format: true,
  // Else an attribute that says "true" loses its value.
  suppressBooleanAttributes: false,
})

function testcase(finding: Finding): object {
  const attributes = {
    '@classname': written(finding.endpoint ?? finding.location?.file ?? 'contract'),
    '@name': written(`${finding.title} [${finding.id}]`),
    '@time': seconds(finding.durationMs),
  }
  const message = written(finding.reason ?? finding.title)
  const text = linesOf(finding)
  switch (verdictOf(finding)) {
    case 'passed':
      return attributes
    case 'failed':
      return { ...attributes, failure: { '@type': finding.severity, '@message': message, '#text': text } }
    case 'inconclusive':
      return { ...attributes, error: { '@type': 'inconclusive', '@message': message, '#text': text } }
    case 'known':
      // Text only: the schema knows no attribute of it.
      return { ...attributes, skipped: `in the baseline\n${text}` }
    case 'warned':
      return { ...attributes, skipped: `a warning: ${message}\n${text}` }
    case 'skipped':
      return { ...attributes, skipped: message }
  }
}

const linesOf = (finding: Finding): string =>
  [
    ...(finding.location === undefined ? [] : [`${written(finding.location.file)}:${finding.location.line}`]),
    ...detailsOf(finding).map(([name, value]) => `${name}: ${written(value)}`),
  ].join('\n')

/** Without a case that fails to be found out, a run that reached nobody would look like an empty suite, which is green. */
const nothingFound = ({ reason }: Findings): Finding => ({
  id: 'verification',
  title: 'it could be verified',
  endpoint: undefined,
  severity: 'error',
  outcome: 'inconclusive',
  reason,
  durationMs: 0,
})

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3)

const hostOf = (subject: string): string => URL.parse(subject)?.host || 'localhost'
