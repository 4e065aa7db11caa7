import { styleText } from 'node:util'
import { escapeForLog } from './escape-control.ts'
import { detailsOf, type Finding, type Findings, summaryOf, type Verdict, withVerdict } from './findings.ts'

/** A report for people. `color` is for terminals, not for files or logs. */
export function pretty(findings: Findings, { color = false }: { readonly color?: boolean } = {}): string {
  const paint: Paint = (style, text) => (color ? styleText(style, text, { validateStream: false }) : text)
  const { suite, subject, facts, reason, items, fixed, leftovers, outcome, durationMs } = findings

  const head = `${paint('bold', escapeForLog(subject))}  ${suite}${facts.map(([name, value]) => `, ${name} ${escapeForLog(value)}`).join('')}`
  const entries = SHOWN.flatMap(([verdict, mark, style]) =>
    withVerdict(items, verdict).map((finding) => entry(finding, paint(style, mark), paint)),
  )
  const fixedLines = fixed.map(
    (id) => `${paint('green', '✓')} ${escapeForLog(id)} no longer fails; remove it from the baseline`,
  )
  const leftoverLines = leftovers.map((text) => `${paint('yellow', '!')} ${escapeForLog(text)}`)
  const reasonLines = reason === undefined ? [] : [`${paint('yellow', '?')} ${escapeForLog(reason)}`]
  const summary = `${paint(STYLES[outcome], outcome)}: ${summaryOf(findings)}, in ${(durationMs / 1000).toFixed(1)} s`

  const body = [...reasonLines, ...entries, ...leftoverLines, ...fixedLines]
  return [head, '', ...body, ...(body.length > 0 ? [''] : []), summary, ''].join('\n')
}

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string

const SHOWN = [
  ['known', '·', 'gray'],
  ['inconclusive', '?', 'yellow'],
  ['warned', '!', 'yellow'],
  // Failures come last, next to the prompt.
  ['failed', '✗', 'red'],
] as const satisfies readonly (readonly [Verdict, string, string])[]

const STYLES = { passed: 'green', failed: 'red', inconclusive: 'yellow' } as const

function entry(finding: Finding, mark: string, paint: Paint): string {
  const { title, id, location, known } = finding
  const where = location === undefined ? '' : `${escapeForLog(location.file)}:${location.line}  `
  const first = `${mark} ${where}${escapeForLog(title)}  ${paint('gray', escapeForLog(id))}`
  if (known === true) return first
  return [
    first,
    ...detailsOf(finding).map(([name, value]) => `    ${paint('gray', name.padEnd(10))} ${escapeForLog(value)}`),
  ].join('\n')
}
