import { expect, test } from 'vitest'
import { jsonFaultPosition } from '../../src/profiles/json-fault-position.ts'

test.each([
  ['{"a":', 5],
  ['', 0],
  [' \n', 2],
  ['{', 1],
  ['{bad}', 1],
  ['{"a" 1}', 5],
  ['{"a":1,}', 7],
  ['{"a":1 "b":2}', 7],
  ['{"a":1]', 6],
  ['{1:2}', 1],
  ['[1,', 3],
  ['[1}', 2],
  ['[,]', 1],
  ['[] []', 3],
  ['{"a":[{"b":null},true,-1.5e3]} x', 31],
  ['"abc', 0],
  ['"a\u0001"', 0],
  ['"\\x"', 0],
  ['01', 1],
  ['nul', 0],
  [`${'['.repeat(100_000)}x`, 100_000],
])('of %.40j the fault is at %i', (text, position) => {
  expect(() => JSON.parse(text)).toThrow(SyntaxError)
  expect(jsonFaultPosition(text)).toBe(position)
})
