import { expect, test } from 'vitest'
import { listKinds } from '../../src/verify/cases/lists/kinds.ts'

test('every case of a filter has a row that must not appear', () => {
  const without = listKinds.flatMap(({ endpoint, filters }) =>
    filters
      .filter(
        ({ matches, contrast }) => matches === 'abcde' && (contrast === undefined || contrast.matches === 'abcde'),
      )
      .map(({ id }) => `${endpoint}/by-${id}`),
  )

  expect(without).toEqual([])
})
