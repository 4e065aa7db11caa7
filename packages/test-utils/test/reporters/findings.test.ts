import { expect, test } from 'vitest'
import { inOrder } from '../../src/reporters/findings.ts'
import { outcomeOf } from '../../src/verify/model/outcome.ts'
import { aFinding } from './samples.ts'

test('errors come before warnings, and both are sorted by id', () => {
  const items = [aFinding({ id: 'a', severity: 'warning' }), aFinding({ id: 'c' }), aFinding({ id: 'b' })]

  expect(inOrder(items).map(({ id }) => id)).toEqual(['b', 'c', 'a'])
})

test('a run that skipped every case is inconclusive', () => {
  expect(outcomeOf([aFinding({ outcome: 'skipped' })])).toBe('inconclusive')
})

test('a failure of severity warning does not fail the run', () => {
  expect(outcomeOf([aFinding({ severity: 'warning' })])).toBe('passed')
})
