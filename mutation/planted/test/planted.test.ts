import { expect, test } from 'vitest'
import { isFull, twice } from '../src/planted.ts'

test('twice of 3 is 6', () => {
  expect(twice(3)).toBe(6)
})

// Incomplete on purpose: the limit itself is not tested, so mutants of the comparison survive.
test('11 is full and 1 is not', () => {
  expect([isFull(11), isFull(1)]).toEqual([true, false])
})
