import { expect, test } from 'vitest'
import { isFull, twice } from '../src/planted.ts'

test('twice is exact', () => {
  expect(twice(3)).toBe(6)
})

// On purpose too little: what happens at ten is not asked.
test('a lot is full, a little is not', () => {
  expect([isFull(11), isFull(1)]).toEqual([true, false])
})
