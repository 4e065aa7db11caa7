import { expect, test } from 'vitest'
import { twice } from '../src/planted.ts'

test('twice of 3 is 6', () => {
  expect(twice(3)).toBe(6)
})
