import { expect, test } from 'vitest'
import { isFull } from '../src/planted.ts'

// Incomplete on purpose: the limit itself is not tested, so mutants of the comparison survive.
test('11 is full and 1 is not', () => {
  expect([isFull(11), isFull(1)]).toEqual([true, false])
})
