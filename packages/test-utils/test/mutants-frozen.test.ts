import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { byHand } from './mutants/by-hand.ts'
import { applyTo, DRAW, readFrozen, readSource } from './mutants/frozen.ts'
import { mutants } from './mutants/index.ts'

const frozen = readFrozen()

test('half of the mutants or more are made mechanically', () => {
  const mechanical = mutants.filter(({ kind }) => kind === 'mechanical')

  expect(mutants.length).toBeGreaterThanOrEqual(80)
  expect(mechanical.length / mutants.length).toBeGreaterThanOrEqual(0.5)
})

test('each mutant has a name of its own', () => {
  const ids = mutants.map(({ id }) => id)

  expect(new Set(ids).size).toBe(ids.length)
})

test('the list is the one that was frozen before the cases were written', () => {
  const list = [...byHand.map(({ id, defect }) => ({ id, defect })), ...frozen.mutants]

  const fingerprint = createHash('sha256').update(JSON.stringify(list)).digest('hex').slice(0, 16)

  expect(fingerprint).toBe('344aa7de976770b7')
})

test.each(frozen.mutants)('$id still applies to $file', (drawn) => {
  const source = readSource(drawn.file)

  expect(applyTo(source, drawn)).not.toBe(source)
})

test('a mutant whose code moved says so, and how the list is drawn again', () => {
  const [drawn] = frozen.mutants
  if (drawn === undefined) throw new Error('the list is empty')

  const apply = () => applyTo('export const moved = true\n', drawn)

  expect(apply).toThrow(`${drawn.id} no longer applies to ${drawn.file}: the code moved. Draw the list again: ${DRAW}`)
})
