import { written } from './escape-control.ts'
import { type Finding, type Findings, summaryOf, verdictOf, withVerdict } from './findings.ts'

/**
 * Workflow commands: an annotation for each finding that somebody should look at, failures first, since GitHub shows ten of
 * a level in one step; and a notice that sums up.
 */
export function annotations(findings: Findings): string {
  const shown = (['failed', 'warned', 'inconclusive', 'known'] as const).flatMap((verdict) =>
    withVerdict(findings.items, verdict),
  )
  const fixed = findings.fixed.map((id): Annotation => ['notice', { title: 'Fixed' }, leave(id)])
  const left = findings.leftovers.map((text): Annotation => ['warning', { title: 'Left over' }, written(text)])
  const reason: readonly Annotation[] =
    findings.reason === undefined ? [] : [['error', { title: 'Inconclusive' }, findings.reason]]
  const sum: Annotation = ['notice', { title: `ai-ticket-creator-verify: ${findings.outcome}` }, summaryOf(findings)]

  return [...reason, ...shown.map(annotation), ...left, ...fixed, sum].map((one) => `${command(...one)}\n`).join('')
}

type Properties = Readonly<Record<string, string | number | undefined>>
type Annotation = readonly [level: string, properties: Properties, message: string]

const leave = (id: string): string => `${written(id)} passes; take it out of the baseline`

function annotation(finding: Finding): Annotation {
  const { location, title, id, reason, expected, actual, rerunCommand } = finding
  const message = [
    reason,
    expected === undefined ? undefined : `expected ${expected}`,
    actual === undefined ? undefined : `but got ${actual}`,
    rerunCommand === undefined ? undefined : `again with: ${rerunCommand}`,
    `(${id})`,
  ]
  // A newline of ours may stay: it is escaped, and shown. One in a value is written out.
  const text = message
    .filter((line) => line !== undefined)
    .map(written)
    .join('\n')
  const properties = { file: location?.file, line: location?.line, col: location?.column, title: written(title) }
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

/** `::error file=a.ts,line=3,title=…::message`; what would end the command or one of its properties is escaped. */
function command(level: string, properties: Properties, message: string): string {
  const list = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
  return `::${level} ${list.join(',')}::${escapeData(message)}`
}

// The escapes of github.com/actions/toolkit, packages/core/src/command.ts; `%` is first, since the others bring some.
const escapeData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
