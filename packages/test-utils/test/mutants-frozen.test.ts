import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { byHand } from './mutants/by-hand.ts'
import { applyTo, DRAW, readFrozen, readSource } from './mutants/frozen.ts'
import { mutants } from './mutants/index.ts'
import { byKind } from './mutants/kinds/index.ts'

const frozen = readFrozen()

test('at least half of the mutants of the first list are mechanical', () => {
  const first = [...byHand, ...frozen.mutants]

  expect(first.length).toBeGreaterThanOrEqual(80)
  expect(frozen.mutants.length / first.length).toBeGreaterThanOrEqual(0.5)
})

test('ids of mutants are unique', () => {
  const ids = mutants.map(({ id }) => id)

  expect(new Set(ids).size).toBe(ids.length)
})

// Names and positions may change with the code; which mutants there are may not.
test('the list is the one that was frozen before the cases were written', () => {
  const list = [...byHand.map(({ id }) => id), ...frozen.mutants.map(({ id, operator }) => `${id} ${operator}`)]

  const fingerprint = createHash('sha256').update(list.toSorted().join('\n')).digest('hex').slice(0, 16)

  expect(fingerprint).toBe('be25d03c67252257')
})

test('the second list is the one that was frozen before cases for its kinds were written', () => {
  const ids = byKind.map(({ id }) => id)

  const fingerprint = createHash('sha256').update(ids.toSorted().join('\n')).digest('hex').slice(0, 16)

  expect(ids.length).toBe(50)
  expect(fingerprint).toBe('724a8485e5e62284')
})

test.each(frozen.mutants)('$id applies to $file', (mutant) => {
  const source = readSource(mutant.file)

  expect(applyTo(source, mutant)).not.toBe(source)
})

test('a mutant whose code has changed is reported, with the command that draws a new list', () => {
  const [mutant] = frozen.mutants
  if (mutant === undefined) throw new Error('the list is empty')

  const apply = () => applyTo('export const changed = true\n', mutant)

  expect(apply).toThrow(
    `${mutant.id} no longer applies to ${mutant.file}: the code has changed. Update its position in mechanical.json, or draw a new list: ${DRAW}`,
  )
})
