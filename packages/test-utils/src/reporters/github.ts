import { escapeControl } from './escape-control.ts'
import { type Finding, type Findings, summaryOf, verdictOf, withVerdict } from './findings.ts'

/**
 * Workflow commands: a notice with the summary, and an annotation for each finding that needs attention. The summary and
 * the failures come first, because GitHub shows only ten annotations of a level per step.
 */
export function annotations(findings: Findings): string {
  const shown = (['failed', 'warned', 'inconclusive', 'known'] as const).flatMap((verdict) =>
    withVerdict(findings.items, verdict),
  )
  const fixed = findings.fixed.map((id): Annotation => ['notice', { title: 'Fixed' }, removeFromBaseline(id)])
  const leftovers = findings.leftovers.map(
    (text): Annotation => ['warning', { title: 'Not deleted' }, escapeControl(text)],
  )
  const reason: readonly Annotation[] =
    findings.reason === undefined ? [] : [['error', { title: 'Inconclusive' }, findings.reason]]
  const summary: Annotation = [
    'notice',
    { title: `ai-ticket-creator-verify: ${findings.outcome}` },
    summaryOf(findings),
  ]

  return [summary, ...reason, ...shown.map(annotation), ...leftovers, ...fixed]
    .map((one) => `${command(...one)}\n`)
    .join('')
}

type Properties = Readonly<Record<string, string | number | undefined>>
type Annotation = readonly [level: string, properties: Properties, message: string]

const removeFromBaseline = (id: string): string => `${escapeControl(id)} no longer fails; remove it from the baseline`

function annotation(finding: Finding): Annotation {
  const { location, title, id, reason, expected, actual, rerunCommand } = finding
  const message = [
    reason,
    expected === undefined ? undefined : `expected ${expected}`,
    actual === undefined ? undefined : `but got ${actual}`,
    rerunCommand === undefined ? undefined : `rerun with: ${rerunCommand}`,
    `(${id})`,
  ]
  // GitHub shows the newlines between the lines, which `command` escapes. Newlines in values are written out here.
  const text = message
    .filter((line) => line !== undefined)
    .map(escapeControl)
    .join('\n')
  const properties = { file: location?.file, line: location?.line, col: location?.column, title: escapeControl(title) }
  return [levelOf(finding), properties, text]
}

function levelOf(finding: Finding): string {
  switch (verdictOf(finding)) {
    case 'failed':
      return 'error'
    case 'warned':
    case 'inconclusive':
      return 'warning'
    default:
      return 'notice'
  }
}

/** `::error file=a.ts,line=3,title=…::message`. Characters that would end the command or a property are escaped. */
function command(level: string, properties: Properties, message: string): string {
  const list = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
  return `::${level} ${list.join(',')}::${escapeData(message)}`
}

// The same escapes as in github.com/actions/toolkit, packages/core/src/command.ts. `%` is first, as other escapes contain it.
const escapeData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
