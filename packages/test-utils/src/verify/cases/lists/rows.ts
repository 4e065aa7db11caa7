import type { Expect, Fault } from '../../model/case.ts'
import { entitiesOf, type Reply } from '../../model/observed-reply.ts'

const namesOf = (reply: Reply): readonly string[] =>
  entitiesOf(reply).map(({ name, title }) => String(name ?? title).slice(-1))

/** Rows by the last letters of their names, in an order or in any. */
export function shows(letters: string, ordered: boolean): Expect {
  return {
    holds(reply): Fault | undefined {
      const names = ordered ? namesOf(reply) : namesOf(reply).toSorted()
      return names.join('') === letters
        ? undefined
        : { expected: `rows ${letters || 'none'}`, actual: `${names.length} rows: ${ownLetters(names)}` }
    },
  }
}

const ownLetters = (names: readonly string[]): string =>
  names.every((name) => /^[a-e]$/.test(name)) ? names.join('') : 'others'

export const hasFive: NonNullable<Expect['holds']> = (reply) => {
  const { length } = entitiesOf(reply)
  return length === 5 ? undefined : { expected: '5 rows', actual: `${length} rows` }
}

export const idsIn = (reply: Reply | undefined): readonly string[] =>
  reply === undefined ? [] : entitiesOf(reply).map(({ id }) => String(id))

export const sameRows = (one: Reply | undefined, other: Reply): Fault | undefined =>
  idsIn(one).toSorted().join() === idsIn(other).toSorted().join()
    ? undefined
    : { expected: 'the same rows', actual: 'others' }

export const sameOrder = (one: Reply | undefined, other: Reply): Fault | undefined =>
  idsIn(one).join() === idsIn(other).join()
    ? undefined
    : { expected: 'the same rows in the same order', actual: 'others' }
