import { readFileSync } from 'node:fs'
import { createApp } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { readFound, toDocument } from './mutants/found.ts'
import { ROOT } from './mutants/frozen.ts'
import { mutants } from './mutants/index.ts'
import { survivors } from './mutants/survivors.ts'
import { casesBrokenBy, LOOKS } from './mutants/verify.ts'

// Each mutant with the case that finds it; `npm run test:deep -- mutants` tries all cases, and those that nobody finds.
const found = readFound()
const byCase = mutants.flatMap((mutant) => {
  const killer = found[mutant.id]
  return killer === undefined || killer.case.startsWith('(') ? [] : [{ ...mutant, killer }]
})

test.each(byCase)('$killer.case finds $id: $defect', { timeout: 30_000 }, async ({ open, killer }) => {
  const broken = await casesBrokenBy(open, killer, 1, [killer.case])

  expect(broken).toContain(killer.case)
})

test.each(LOOKS)('the sound app breaks none of these cases: $generation, $mode', { timeout: 30_000 }, async (look) => {
  const broken = await casesBrokenBy((options) => createApp(options).fetch, look)

  expect(broken).toEqual([])
})

test('a mutant is found, or it is said why not', () => {
  const unsaid = mutants.filter(({ id }) => (found[id] === undefined) === (survivors[id] === undefined))

  expect(unsaid.map(({ id }) => id)).toEqual([])
})

test('the table in the docs is the present one; npm run mutants:update writes it', () => {
  expect(readFileSync(`${ROOT}docs/contract-mutants.md`, 'utf8')).toBe(toDocument(found))
})
