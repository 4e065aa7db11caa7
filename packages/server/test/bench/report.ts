import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import type { CpuFigures } from './processes.ts'
import type { CaseFigures } from './schemas.ts'
import { INTEGRATIONS, ORGANIZATIONS, RESULTS } from './settings.ts'
import { median } from './statistics.ts'

/** What was measured. A part that was not measured is absent. */
export interface Figures {
  firstRequest?: readonly number[]
  schemas?: { readonly integrations: number; readonly organizations: number; readonly cases: readonly CaseFigures[] }
  processes?: CpuFigures
}

const PAGE = new URL('../../../../docs/bench-server.md', import.meta.url)
const [START, END] = ['<!-- made by npm run bench:server -->', '<!-- to here -->']

/** The figures of former runs, or none. */
export function readFigures(): Figures {
  // The file is what `storeFigures` wrote.
  return RESULTS !== undefined && existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as Figures) : {}
}

export function storeFigures(figures: Figures): void {
  if (RESULTS !== undefined) writeFileSync(RESULTS, `${JSON.stringify(figures, null, 2)}\n`)
}

/** Replaces the figures of the page. */
export function writePage(figures: Figures): void {
  const page = readFileSync(PAGE, 'utf8')
  const before = page.slice(0, page.indexOf(START) + START.length)
  writeFileSync(PAGE, `${before}\n\n${sectionsOf(figures)}\n\n${page.slice(page.indexOf(END))}`)
}

export function sectionsOf({ firstRequest, schemas, processes }: Figures): string {
  return [
    `Node ${process.versions.node}, PostgreSQL 15, ${availableParallelism()} cores with a load of ${loadavg()[1]?.toFixed(1)} in the last five minutes.`,
    ...(firstRequest === undefined ? [] : [sectionOfStart(firstRequest)]),
    ...(schemas === undefined ? [] : [sectionOfSchemas(schemas)]),
    ...(processes === undefined ? [] : [sectionOfProcesses(processes)]),
  ].join('\n\n')
}

function sectionOfStart(times: readonly number[]): string {
  const [low, high] = [Math.min(...times), Math.max(...times)].map((time) => `${(time / 1000).toFixed(2)} s`)
  return [
    '## First request after a start on PGlite',
    `Median ${(median(times) / 1000).toFixed(2)} s of ${times.length} starts on a folder that exists, from ${low} to ${high}. Limit: 1.50 s, ${verdict(median(times) / 1000, 1.5)}.`,
  ].join('\n\n')
}

function sectionOfSchemas({ integrations, organizations, cases }: NonNullable<Figures['schemas']>): string {
  const show = ({ p50, p95 }: CaseFigures['times']['existing']) => `${p50.toFixed(2)} / ${p95.toFixed(2)}`
  return [
    '## The migrated schema and the existing one',
    `${integrations.toLocaleString('en')} integrations in ${organizations.toLocaleString('en')} organizations. Each cell is p50 / p95, times in milliseconds.`,
    [
      '| call | existing | migrated | ratio | limit | ratio without the count on the existing schema |',
      '|---|---|---|---|---|---|',
      ...cases.map(({ name, limit, times, ratios: { existing, withoutCount } }) => {
        const isMet = verdict(Math.max(existing.p50, existing.p95), limit)
        const isList = name.startsWith('list')
        const cells = [
          name,
          show(times.existing),
          show(times.migrated),
          show(existing),
          `${limit.toFixed(2)}, ${isMet}`,
        ]
        return `| ${cells.join(' | ')} | ${isList ? show(withoutCount) : ''} |`
      }),
    ].join('\n'),
  ].join('\n\n')
}

function sectionOfProcesses({ one, three }: CpuFigures): string {
  const row = (name: string, part: 'servers' | 'all') => {
    const ratio = median(three.map((time, round) => time[part] / (one[round]?.[part] ?? Number.NaN)))
    const seconds = [one, three].map((times) => median(times.map((time) => time[part])).toFixed(3))
    return `| ${name} | ${seconds.join(' | ')} | ${ratio.toFixed(2)} | 1.10, ${verdict(ratio, 1.1)} |`
  }
  return [
    '## CPU time of three processes and of one',
    'Seconds of CPU time for 1 000 requests.',
    [
      '| | one process | three processes | ratio | limit |',
      '|---|---|---|---|---|',
      row('the servers', 'servers'),
      row('the servers and PostgreSQL', 'all'),
    ].join('\n'),
  ].join('\n\n')
}

// As the table shows it: a ratio that is printed as its limit is not above it.
const verdict = (value: number, limit: number): string => (Number(value.toFixed(2)) <= limit ? 'met' : 'exceeded')

export const schemasOf = (cases: readonly CaseFigures[]): NonNullable<Figures['schemas']> => ({
  integrations: INTEGRATIONS,
  organizations: ORGANIZATIONS,
  cases,
})
