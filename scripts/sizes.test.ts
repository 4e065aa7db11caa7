import { afterEach, expect, test, vi } from 'vitest'
import { readSeed, readShare, readSize } from '../vitest.sizes.ts'

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

test('the share of a sample comes from the environment, else it is the default', () => {
  vi.stubEnv('SHARE', '0.02')
  vi.stubEnv('WHOLE_SHARE', '1')

  expect([readShare('SHARE', 0.1), readShare('WHOLE_SHARE', 0.1), readShare('OTHER_SHARE', 0.1)]).toEqual([
    0.02, 1, 0.1,
  ])
})

test.each(['abc', '', '0', '0.0', '1.1', '2', '-0.5', 'NaN'])('the share %j is refused', (text) => {
  vi.stubEnv('SHARE', text)

  expect(() => readShare('SHARE', 0.1)).toThrow(
    `SHARE must be a number above 0 and at most 1, not ${JSON.stringify(text)}`,
  )
})
