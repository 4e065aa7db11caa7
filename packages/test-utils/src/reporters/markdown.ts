import { escapeForLog } from './escape-control.ts'
import { detailsOf, type Finding, type Findings, summaryOf, type Verdict, withVerdict } from './findings.ts'

/** Markdown for a pull request or a job's summary: details of what needs attention, counts of the rest. */
export function markdown(findings: Findings): string {
  const { suite, subject, facts, reason, fixed, leftovers, items } = findings
  const head = [
    `## ${HEADINGS[findings.outcome]}: ${suite} of ${code(subject)}`,
    reason === undefined ? undefined : escapeMarkdown(reason),
    `${summaryOf(findings)}${facts.map(([name, value]) => `, ${escapeMarkdown(name)} ${code(value)}`).join('')}.`,
  ]
  const parts = SECTIONS.map(([verdict, title]) => section(title, withVerdict(items, verdict)))
  const leftoverList = leftovers.map((text) => `- ⚠️ ${escapeMarkdown(text)}`).join('\n')
  const fixedList = fixed.map((id) => `- ${code(id)} no longer fails; remove it from the baseline`).join('\n')

  return `${[...head, ...parts, leftoverList, fixedList].filter((part) => part !== undefined && part !== '').join('\n\n')}\n`
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
  const first = `- **${escapeMarkdown(title)}**${where === undefined ? '' : ` at ${code(where)}`} (${code(id)})`
  return [first, ...detailsOf(finding).map(([name, value]) => `  - ${name}: ${code(value)}`)].join('\n')
}

/** Escapes all Markdown syntax. Entities are used because a backslash does not prevent an `@mention`. */
const escapeMarkdown = (text: string): string =>
  escapeForLog(text).replace(/[\\`*_{}[\]<>()#+!|~&@:]|^\s|\s$/gu, entity) || '(empty)'

const entity = (character: string): string => `&#${character.codePointAt(0)};`

/** Inline code, in a fence that is longer than any run of backticks in the text. */
function code(text: string): string {
  const line = escapeForLog(text)
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  // Markdown strips one space at each end, unless there are only spaces.
  const pad = /^[` ]|[` ]$/.test(line) && line.trim() !== '' ? ' ' : ''
  return line === '' ? '(empty)' : `${fence}${pad}${line}${pad}${fence}`
}
