import { visible } from './escape-control.ts'
import { detailsOf, type Finding, type Findings, summaryOf, type Verdict, withVerdict } from './findings.ts'

/** A page for a pull request or a job's summary: what somebody should look at, and numbers for the rest. */
export function markdown(findings: Findings): string {
  const { suite, subject, facts, reason, fixed, leftovers, items } = findings
  const head = [
    `## ${HEADINGS[findings.outcome]}: ${suite} of ${code(subject)}`,
    reason === undefined ? undefined : shown(reason),
    `${summaryOf(findings)}${facts.map(([name, value]) => `, ${shown(name)} ${code(value)}`).join('')}.`,
  ]
  const parts = SECTIONS.map(([verdict, title]) => section(title, withVerdict(items, verdict)))
  const left = leftovers.map((text) => `- ⚠️ ${shown(text)}`).join('\n')
  const known = fixed.map((id) => `- ${code(id)} passes by now; take it out of the baseline`).join('\n')

  return `${[...head, ...parts, left || undefined, known || undefined].filter((part) => part !== undefined).join('\n\n')}\n`
}

const HEADINGS = { passed: '✅ Passed', failed: '❌ Failed', inconclusive: '❔ Inconclusive' } as const

const SECTIONS: readonly (readonly [Verdict, string])[] = [
  ['failed', 'Failed'],
  ['warned', 'Warnings'],
  ['inconclusive', 'Inconclusive'],
  ['known', 'Known to fail'],
]

function section(title: string, items: readonly Finding[]): string | undefined {
  if (items.length === 0) return undefined
  return `### ${title}\n\n${items.map(entry).join('\n')}`
}

function entry(finding: Finding): string {
  const { title, id, endpoint, location } = finding
  const where = location === undefined ? endpoint : `${location.file}:${location.line}`
  const first = `- **${shown(title)}**${where === undefined ? '' : ` at ${code(where)}`} (${code(id)})`
  return [first, ...detailsOf(finding).map(([name, value]) => `  - ${name}: ${code(value)}`)].join('\n')
}

/** Shown letter by letter. An entity can be no mark of a list, link, table or mention; a backslash leaves mentions. */
const shown = (text: string): string => visible(text).replace(/[\\`*_{}[\]<>()#+!|~&@:]|^\s|\s$/gu, entity) || '(empty)'

const entity = (character: string): string => `&#${character.codePointAt(0)};`

/** As code, in a fence that is longer than any run of backticks in it. */
function code(text: string): string {
  const line = visible(text)
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  // One space at each end is taken off again, unless there is nothing else.
  const pad = /^[` ]|[` ]$/.test(line) && line.trim() !== '' ? ' ' : ''
  return line === '' ? '(empty)' : `${fence}${pad}${line}${pad}${fence}`
}
