import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readFound, toDocument } from './mutants/found.ts'
import { ROOT } from './mutants/frozen.ts'
import { mutants } from './mutants/index.ts'
import { survivors } from './mutants/survivors.ts'
import { failedCases } from './mutants/verify.ts'
import { SAMPLE_SEED, sample } from './sample.ts'

// `npm run test:deep -- mutants` verifies every mutant with all cases.
const found = readFound()
const withKiller = mutants.flatMap((mutant) => {
  const killer = found[mutant.id]
  return killer === undefined || killer.case.startsWith('(') ? [] : [{ ...mutant, killer }]
})

test.each(sample(withKiller, 16))(
  `$killer.case finds $id: $defect (SAMPLE_SEED=${SAMPLE_SEED})`,
  { timeout: 120_000 },
  async ({ create, killer }) => {
    const failed = await failedCases(create, killer, [killer.case])

    expect(failed).toContain(killer.case)
  },
)

test('a mutant has either a case that finds it or a reason why none does', () => {
  const unclear = mutants.filter(({ id }) => (found[id] === undefined) === (survivors[id] === undefined))

  expect(unclear.map(({ id }) => id)).toEqual([])
})

test('docs/contract-mutants.md is up to date; npm run mutants:update writes it', () => {
  expect(readFileSync(`${ROOT}docs/contract-mutants.md`, 'utf8')).toBe(toDocument(found))
})
