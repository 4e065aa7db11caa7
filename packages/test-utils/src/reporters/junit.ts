import XMLBuilder from 'fast-xml-builder'
import { escapeControl } from './escape-control.ts'
import { countOf, detailsOf, type Finding, type Findings, inOrder, summaryOf, verdictOf } from './findings.ts'

/**
 * JUnit XML, valid for the schemas of Jenkins and of Ant. Ant requires attributes such as `package` and `id`. An inconclusive
 * case is an `error`, which is neither passed nor failed. Known failures and warnings are `skipped`, so that they do not fail
 * a build.
 */
export function junit(findings: Findings): string {
  const cases = findings.reason === undefined ? inOrder(findings.items) : [wholeRun(findings), ...findings.items]
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
    // The schema of Ant allows no time zone.
    '@timestamp': findings.startedAt.toISOString().slice(0, 19),
    '@hostname': hostOf(findings.subject),
    properties: {
      property: [['subject', findings.subject] as const, ...findings.facts].map(([name, value]) => ({
        '@name': name,
        '@value': escapeControl(value),
      })),
    },
    testcase: cases.map(testcase),
    'system-out': summaryOf(findings),
    'system-err': findings.leftovers.map(escapeControl).join('\n'),
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
  // Otherwise an attribute whose text is `true` loses its value.
  suppressBooleanAttributes: false,
})

function testcase(finding: Finding): object {
  const attributes = {
    '@classname': escapeControl(finding.endpoint ?? finding.location?.file ?? 'contract'),
    '@name': escapeControl(`${finding.title} [${finding.id}]`),
    '@time': seconds(finding.durationMs),
  }
  const message = escapeControl(finding.reason ?? finding.title)
  const text = linesOf(finding)
  switch (verdictOf(finding)) {
    case 'passed':
      return attributes
    case 'failed':
      return { ...attributes, failure: { '@type': finding.severity, '@message': message, '#text': text } }
    case 'inconclusive':
      return { ...attributes, error: { '@type': 'inconclusive', '@message': message, '#text': text } }
    case 'known':
      // The schema has no attributes for `skipped`, only text.
      return { ...attributes, skipped: `in the baseline\n${text}` }
    case 'warned':
      return { ...attributes, skipped: `a warning: ${message}\n${text}` }
    case 'skipped':
      return { ...attributes, skipped: message }
  }
}

const linesOf = (finding: Finding): string =>
  [
    ...(finding.location === undefined ? [] : [`${escapeControl(finding.location.file)}:${finding.location.line}`]),
    ...detailsOf(finding).map(([name, value]) => `${name}: ${escapeControl(value)}`),
  ].join('\n')

/** A case for a run that is inconclusive as a whole: an empty suite would count as passed. */
const wholeRun = ({ reason }: Findings): Finding => ({
  id: 'verification',
  title: 'the backend could be verified',
  endpoint: undefined,
  severity: 'error',
  outcome: 'inconclusive',
  reason,
  specReference: 'the whole run',
  durationMs: 0,
})

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3)

const hostOf = (subject: string): string => URL.parse(subject)?.host || 'localhost'
