import { afterEach, expect, test, vi } from 'vitest'
import { readSeed, readSize } from '../vitest.sizes.ts'

afterEach(() => vi.unstubAllEnvs())

test('a size and a seed come from the environment, else they are the defaults', () => {
  vi.stubEnv('CASES', '500')
  vi.stubEnv('CASES_SEED', '0')

  expect([readSize('CASES', 2), readSeed('CASES_SEED', 1)]).toEqual([500, 0])
  expect([readSize('OTHER_CASES', 2), readSeed('OTHER_SEED', 1)]).toEqual([2, 1])
})

test.each(['abc', '', '0', '-1', '1.5', '1e3', 'NaN'])(
  'the size %j is refused, so that no test runs without cases',
  (text) => {
    vi.stubEnv('CASES', text)

    expect(() => readSize('CASES', 2)).toThrow(`CASES must be a whole number from 1, not ${JSON.stringify(text)}`)
  },
)
