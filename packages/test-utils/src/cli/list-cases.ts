import { unknownFilters } from '../verify/engine/case-filter.ts'
import { contractCases } from '../verify/engine/contract-cases.ts'
import { CliError } from './cli-error.ts'

/**
 * Lists the cases whose id starts with an entry of the filter, one per line with its title. An empty filter lists all cases.
 *
 * @throws CliError for an entry that matches no case.
 */
export function listCases(filter: readonly string[]): string {
  const unknown = unknownFilters(filter)
  if (unknown.length > 0) throw new CliError(noSuchCase(unknown))
  const shown = contractCases.filter(({ id }) => filter.length === 0 || filter.some((start) => id.startsWith(start)))
  const width = Math.max(...shown.map(({ id }) => id.length))
  return shown.map(({ id, title }) => `${id.padEnd(width)}  ${title}\n`).join('')
}

/** The message for entries of a filter that match no case. */
export const noSuchCase = (unknown: readonly string[]): string =>
  `no case was run: no id starts with ${unknown.join(', ')} (--filter); --list prints all ids`
