import { expect, test } from 'vitest'
import { inOrder } from '../../src/reporters/findings.ts'
import { outcomeOf } from '../../src/verify/model/outcome.ts'
import { aFinding } from './samples.ts'

const aResult = (fields: Parameters<typeof aFinding>[0] = {}) => ({ ...aFinding(fields), specReference: 'the API' })

test('errors come before warnings, and then the ids in order', () => {
  const items = [aFinding({ id: 'a', severity: 'warning' }), aFinding({ id: 'c' }), aFinding({ id: 'b' })]

  expect(inOrder(items).map(({ id }) => id)).toEqual(['b', 'c', 'a'])
})

test('what was skipped alone is neither kept nor broken', () => {
  expect(outcomeOf([aResult({ outcome: 'skipped' })])).toBe('inconclusive')
})

test('a failure that only warns breaks nothing', () => {
  expect(outcomeOf([aResult({ severity: 'warning' })])).toBe('passed')
})
