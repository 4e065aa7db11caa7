import { escapeIdentifier, escapeLiteral } from 'pg'

export const identifier = escapeIdentifier
export const literal = escapeLiteral

/** `CASE input WHEN 'a' THEN 'b' … END`: null for an input that is not listed. */
export function caseOf(input: string, pairs: Iterable<readonly [string, string]>): string {
  const branches = [...pairs].map(([from, to]) => `WHEN ${literal(from)} THEN ${literal(to)}`)
  return `CASE ${input} ${branches.join(' ')} END`
}

/** A query that returns whether a table has a column. */
export const hasColumn = (table: string, column: string): string =>
  `SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass(${literal(table)}) AND attname = ${literal(column)} AND NOT attisdropped)`
