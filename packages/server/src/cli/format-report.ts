import type { RetirementAnswer } from '../operations/can-retire.ts'
import { countConsumers, type DeprecationReport, type RemainingUse } from '../operations/deprecation-report.ts'
import { formatTable } from './format-table.ts'

/** The report for a terminal: one table per consumer. */
export function formatReport(report: DeprecationReport): string {
  const tables = [...consumersOf(report)].map(
    ([consumer, uses]) => `${consumer}\n${formatTable(HEAD, uses.map(toCells))}`,
  )
  return [`${summarize(report)}\n`, ...tables].join('\n')
}

/** The report as Markdown, for a ticket or a wiki page. */
export function formatMarkdownReport(report: DeprecationReport): string {
  const sections = [...consumersOf(report)].map(
    ([consumer, uses]) =>
      `## ${consumer}\n\n${[HEAD, HEAD.map(() => '---'), ...uses.map(toCells)].map(toLine).join('\n')}\n`,
  )
  return [`# Deprecated names in use\n\n${summarize(report)}\n`, ...sections].join('\n')
}

/** The answer for a terminal, with its evidence. */
export const formatRetirement = ({ field, answer, reason, evidence }: RetirementAnswer): string =>
  `${field}: ${answer}. ${reason}\n${
    evidence.length === 0
      ? ''
      : `\n${formatTable(
          ['consumer', ...HEAD],
          evidence.map((use) => [nameOf(use), ...toCells(use)]),
        )}`
  }`

const HEAD = ['field', 'use instead', 'operation', 'in', 'since', 'last', 'uses', 'trend']

const toCells = (use: RemainingUse): readonly string[] => [
  use.field,
  use.replacement,
  use.operation,
  use.direction,
  use.first_at.slice(0, 10),
  use.last_at.slice(0, 10),
  String(use.uses),
  trendOf(use),
]

const trendOf = ({ uses, uses_before }: RemainingUse): string =>
  uses_before === 0 ? 'new' : uses > uses_before ? 'more' : uses < uses_before ? 'less' : 'same'

const nameOf = ({ consumer, organization }: RemainingUse): string => `${consumer} (${organization})`

const toLine = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

/** The uses of each consumer with their title. Two organizations can have the same name; their titles have the id as well. */
function consumersOf({ uses }: DeprecationReport): ReadonlyMap<string, readonly RemainingUse[]> {
  const usesByName = Map.groupBy(uses, nameOf)
  return Map.groupBy(uses, (use) => {
    const name = nameOf(use)
    return countConsumers(usesByName.get(name) ?? []) > 1 ? `${name} ${use.organization_id}` : name
  })
}

function summarize({ days, recorded_since, consumers, sunset, uses }: DeprecationReport): string {
  if (recorded_since === null)
    return 'Nothing is recorded yet. Only requests in the transitional generation are recorded.'
  const affected = countConsumers(uses)
  const deadline = sunset === null ? '' : ` Deprecated names are refused from ${sunset}.`
  return `In the last ${days} days ${affected} of ${consumers} consumers used deprecated names or received them. Recorded since ${recorded_since.slice(0, 10)}.${deadline}`
}
