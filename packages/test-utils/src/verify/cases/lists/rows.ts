import type { JsonObject } from '@ai-ticket-creator/domain'
import { entitiesIn, sameJson } from '@ai-ticket-creator/domain/internal'
import type { Check, Expect, Mismatch } from '../../model/case.ts'
import type { Row } from '../../model/case-context.ts'
import { entitiesOf, type Reply } from '../../model/observed-reply.ts'

/** A list of the rows whose names end with these letters, in any order. */
export function expectRows(letters: string): Expect {
  return {
    check(reply) {
      const rows = entitiesIn(reply.endpoint, reply.current)
      if (rows === undefined) return { expected: `rows ${letters || 'none'}`, actual: 'no list' }
      const actual = rows.map(({ name, title }) => String(name ?? title).slice(-1)).toSorted()
      return actual.join('') === letters
        ? undefined
        : { expected: `rows ${letters || 'none'}`, actual: `${actual.length} rows: ${describeLetters(actual)}` }
    },
  }
}

// A faulty backend may return rows of other users, whose names must not be in the report.
const describeLetters = (letters: readonly string[]): string =>
  letters.every((letter) => /^[a-e]$/.test(letter)) ? letters.join('') : 'others'

export const checkFiveRows: Check = (reply) => {
  const { length } = entitiesOf(reply)
  return length === 5 ? undefined : { expected: '5 rows', actual: `${length} rows` }
}

export const idsIn = (reply: Reply | undefined): readonly string[] =>
  reply === undefined ? [] : entitiesOf(reply).map(({ id }) => String(id))

/** Compares the rows of two lists, in any order. */
export const compareRows = (one: Reply | undefined, other: Reply): Mismatch | undefined =>
  idsIn(one).toSorted().join() === idsIn(other).toSorted().join()
    ? undefined
    : { expected: 'the same rows', actual: 'other rows' }

export const compareOrder = (one: Reply | undefined, other: Reply): Mismatch | undefined =>
  idsIn(one).join() === idsIn(other).join()
    ? undefined
    : { expected: 'the same rows in the same order', actual: 'other rows or another order' }

/** Compares an item of a list with the row as GET returns it, field by field. */
export function compareFields(item: JsonObject | undefined, row: Row): Mismatch | undefined {
  if (item === undefined) return { expected: 'the row', actual: 'no row' }
  const differing = Object.keys(item).filter(
    (name) => name !== 'age_in_hours' && Object.hasOwn(row, name) && !sameJson(item[name], row[name]),
  )
  return differing.length === 0
    ? undefined
    : { expected: 'the row as GET returns it', actual: `other values of ${differing.join(', ')}` }
}
