import { readFileSync, writeFileSync } from 'node:fs'
import type { Figures } from './figures.ts'

const PAGE = new URL('../../../../docs/database-migration.md', import.meta.url)
const [START, END] = ['<!-- made by npm run bench:migration -->', '<!-- to here -->']

/** Replaces the figures of the page. */
export function writePage(figures: Figures): void {
  const page = readFileSync(PAGE, 'utf8')
  const before = page.slice(0, page.indexOf(START) + START.length)
  writeFileSync(PAGE, `${before}\n\n${sectionOf(figures)}\n\n${page.slice(page.indexOf(END))}`)
}

export function sectionOf(figures: Figures): string {
  return [
    `PostgreSQL ${figures.postgresql}, Node ${figures.node}, ${figures.cores} cores. The load before the measurements was ${figures.loads.join(', ')}; more than ${figures.cores} means that other programs were running and the durations are too long. ${runsOf(figures)}`,
    ...integrationSections(figures),
    ...ticketSections(figures),
  ].join('\n\n')
}

/** The number of runs of each part. */
function runsOf({ integrations, inTimeOrder, naive, reader, tickets }: Figures): string {
  const parts = { integrations, 'ids in time order': inTimeOrder, naive, reader, tickets }
  const counts = Object.entries(parts).map(([part, { length }]) => `${part} ${length}`)
  return `Figures are medians; the number of runs: ${counts.join(', ')}.`
}

function integrationSections(figures: Figures): readonly string[] {
  const { integrations, inTimeOrder, naive, reader, sizes } = figures
  if (integrations.length === 0) return []
  const idle = median(integrations, ({ idle }) => idle.max)
  const steps = Object.keys(integrations[0]?.secondsOfSteps ?? {})
  return [
    `### ${number(sizes.rows)} integrations, ${sizes.writes} writes/s by old and new clients`,
    table([
      limited(
        'duration of all steps',
        median(integrations, ({ seconds }) => seconds),
        60,
        's',
      ),
      durations(integrations),
      ['slowest write without a migration', `${idle} ms`, ''],
      limited(
        'slowest write during the migration',
        median(integrations, ({ during }) => during.max),
        idle + 50,
        'ms',
      ),
      ['99 % of writes, without and with', latencies(integrations, 'p99'), ''],
      ['half of the writes, without and with', latencies(integrations, 'p50'), ''],
      ['longest wait for a lock in the migration', `${median(integrations, ({ lockWait }) => lockWait)} ms`, ''],
      limited(
        'size of the table, ratio',
        most(integrations, ({ heapRatio }) => heapRatio),
        1.15,
        '',
      ),
      ...inTimeOrder.slice(0, 1).map(() =>
        limited(
          'the same, ids in time order',
          most(inTimeOrder, ({ heapRatio }) => heapRatio),
          1.35,
          '',
        ),
      ),
      limited(
        'errors of clients',
        most(integrations, ({ errors }) => errors),
        0,
        '',
      ),
      limited(
        'acknowledged writes lost or wrong',
        most(integrations, ({ wrong }) => wrong),
        0,
        '',
      ),
      ['other rows are equal by hash', yes(integrations, (run) => run.areUntouchedRowsEqual), 'yes'],
      [
        'problems that `verify` finds',
        [...new Set(integrations.flatMap(({ problems }) => problems))].join('; ') || 'none',
        'none',
      ],
      ['undo of all steps', `${median(integrations, ({ undoSeconds }) => undoSeconds)} s`, ''],
      ['slowest write during undo', `${median(integrations, ({ undo }) => undo.max)} ms`, ''],
      limited(
        'acknowledged writes lost or wrong after undo',
        most(integrations, (run) => run.wrongAfterUndo),
        0,
        '',
      ),
      ['all old columns of other rows are equal after undo', yes(integrations, (run) => run.areOldRowsEqual), 'yes'],
      ...reader.slice(0, 1).map(({ lockTimeout }) =>
        limited(
          'slowest write behind a reader of 5 s',
          median(reader, ({ latency }) => latency.max),
          2 * lockTimeout,
          'ms',
        ),
      ),
    ]),
    ...naive
      .slice(0, 1)
      .map(
        () =>
          `One transaction with the same result takes ${median(naive, ({ seconds }) => seconds)} s. The slowest write waits ${number(median(naive, ({ latency }) => latency.max))} ms, and ${number(median(naive, ({ errors }) => errors))} writes of old clients fail.`,
      ),
    `Seconds of each step: ${steps.map((step) => `${step} ${median(integrations, ({ secondsOfSteps }) => secondsOfSteps[step] ?? 0)}`).join(', ')}.`,
  ]
}

function ticketSections({ tickets, sizes }: Figures): readonly string[] {
  if (tickets.length === 0) return []
  return [
    `### ${number(sizes.tickets)} tickets, ${number(sizes.integrations)} integrations in 100 organizations`,
    table([
      limited(
        'duration of the three steps of tickets',
        median(tickets, ({ seconds }) => seconds),
        15,
        's',
      ),
      [
        'of it, tickets-names',
        `${median(tickets, ({ secondsOfSteps }) => secondsOfSteps['tickets-names'] ?? 0)} s`,
        '',
      ],
      ['linked tickets', number(median(tickets, ({ linked }) => linked)), ''],
      ['tickets with an ambiguous name', number(median(tickets, (run) => run.ambiguousTickets)), ''],
      ['ambiguous names, for a person to decide', number(median(tickets, (run) => run.ambiguousNames)), ''],
      limited(
        'named tickets without a reason',
        most(tickets, ({ withoutReason }) => withoutReason),
        0,
        '',
      ),
      limited(
        'linked to another organization',
        most(tickets, (run) => run.linkedToOtherOrganization),
        0,
        '',
      ),
      limited(
        'linked by another spelling',
        most(tickets, (run) => run.linkedByOtherSpelling),
        0,
        '',
      ),
      limited(
        'not linked although one integration has the name',
        most(tickets, ({ missed }) => missed),
        0,
        '',
      ),
      ['the same result in three pieces, two of them killed', yes(tickets, (run) => run.isSameAfterKills), 'yes'],
      ['undo', `${median(tickets, ({ undoSeconds }) => undoSeconds)} s`, ''],
    ]),
  ]
}

type Line = readonly [figure: string, measured: string, limit: string]

const table = (lines: readonly Line[]): string =>
  ['| figure | measured | limit |', '|---|---|---|', ...lines.map((line) => `| ${line.join(' | ')} |`)].join('\n')

function limited(figure: string, value: number, limit: number, unit: string): Line {
  const text = (amount: number) => `${number(Math.round(amount * 100) / 100)}${unit === '' ? '' : ` ${unit}`}`
  return [figure, text(value), `${text(limit)}, ${value <= limit ? 'met' : 'missed'}`]
}

/** With an even number of runs, the mean of the two in the middle. */
function median<Run>(runs: readonly Run[], read: (run: Run) => number): number {
  const sorted = runs.map(read).toSorted((one, other) => one - other)
  const half = (sorted.length - 1) / 2
  const [low, high] = [sorted[Math.floor(half)], sorted[Math.ceil(half)]]
  return low === undefined || high === undefined ? Number.NaN : Math.round(((low + high) / 2) * 100) / 100
}

/** The durations of all runs, because one busy moment changes them by far. */
const durations = (runs: readonly { readonly seconds: number }[]): Line => [
  'duration of each run',
  runs.map(({ seconds }) => `${seconds} s`).join(', '),
  '',
]

/** What must never happen is not a median: one run is enough. */
const most = <Run>(runs: readonly Run[], read: (run: Run) => number): number => Math.max(...runs.map(read))

const yes = <Run>(runs: readonly Run[], isTrue: (run: Run) => boolean): string => (runs.every(isTrue) ? 'yes' : 'no')

const latencies = (runs: Figures['integrations'], key: 'p50' | 'p99'): string =>
  `${median(runs, ({ idle }) => idle[key])} ms, ${median(runs, ({ during }) => during[key])} ms`

/** With a space between thousands. */
const number = (value: number): string => value.toLocaleString('en').replaceAll(',', ' ')
