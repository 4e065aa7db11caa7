import { LAST_STEP, type Plan, STEP_NAMES, type Status } from '../migration.ts'
import type { QueryPlans } from '../runner/query-plans.ts'
import type { Rehearsal } from './rehearse.ts'

/** Everything that `report` prints. */
export interface Report extends Omit<Plan, 'steps'>, Status {
  readonly problems: readonly string[]
}

export function formatPlan({ findings, steps }: Plan): string {
  const found = findings.map(({ level, message }) => `${level === 'stop' ? 'STOP' : 'note'}  ${message}\n`)
  const lines = steps.map(
    ({ step, state, summary, lock }) =>
      `${step.padEnd(width)}  ${state.padEnd(8)}  ${summary}\n${indent}lock: ${lock}\n`,
  )
  return `${found.join('')}${lines.join('')}`
}

export function formatStatus({ steps, alembic }: Status): string {
  const lines = steps.map(
    ({ step, state, rows }) => `${step.padEnd(width)}  ${state}${rows > 0 ? `, ${rows} rows` : ''}\n`,
  )
  return `${lines.join('')}${alembic === null ? '' : `\nFor the version table of your own migrations:\n  ${alembic}\n`}`
}

/** The SQL of the steps that are not applied, up to `to`. */
export function formatStatements({ findings, steps }: Plan, to = LAST_STEP): string {
  const wanted = steps.slice(0, STEP_NAMES.indexOf(to) + 1).filter(({ state }) => state !== 'applied')
  const stops = findings.filter(({ level }) => level === 'stop').map(({ message }) => `-- STOP: ${message}\n`)
  const blocks = wanted.map(({ step, statements }) => `-- ${step}\n${statements.map((sql) => `${sql};\n`).join('')}`)
  return `${stops.join('')}${blocks.join('\n')}`
}

/** A block for each list, and the integrations by platform. */
export function formatPlans({ plans, platforms }: QueryPlans): string {
  const lists = plans.map(
    ({ list, cost, scans }) => `${list}\n  cost ${cost}\n${scans.map((scan) => `  ${scan}\n`).join('')}`,
  )
  const counts = platforms.map(({ platform, integrations }) => `  ${platform}: ${integrations}\n`)
  return `${lists.join('')}integrations by platform\n${counts.join('')}`
}

export function formatRehearsal({ rows, steps, problems }: Rehearsal): string {
  const lines = steps.map(({ step, apply, undo }) => `${step.padEnd(width)}  apply ${apply} s, undo ${undo} s\n`)
  return `${rows} rows\n${lines.join('')}${problems.map((problem) => `${problem}\n`).join('')}`
}

export function formatReport({ findings, steps, problems, alembic }: Report): string {
  const rows = steps.map(
    ({ step, state, rows, startedAt, finishedAt, seconds, locks }) =>
      `| ${step} | ${state} | ${rows} | ${startedAt} | ${finishedAt ?? ''} | ${seconds ?? ''} | ${locks.map(({ relation, mode }) => `${mode} on ${relation}`).join(', ')} |`,
  )
  return `${[
    '# Migration of the tables integrations and tickets',
    ['| step | state | rows | started | finished | seconds | locks |', '|---|---|---|---|---|---|---|', ...rows].join(
      '\n',
    ),
    ...list('Problems', problems),
    ...list(
      'Findings',
      findings.map(({ level, message }) => `${level}: ${message}`),
    ),
    ...list('Version table', alembic === null ? [] : [`\`${alembic}\``]),
  ].join('\n\n')}\n`
}

const width = Math.max(...STEP_NAMES.map(({ length }) => length))
const indent = ' '.repeat(width + 2)

const list = (title: string, items: readonly string[]) =>
  items.length === 0 ? [] : [`## ${title}`, items.map((item) => `- ${item}`).join('\n')]
