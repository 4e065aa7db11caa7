import { readdirSync, readFileSync } from 'node:fs'
import { type Deviation, deviations, PROFILES } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'

const reproduced = deviations.filter(({ notReproduced }) => notReproduced === undefined)
const told = ['id', 'profiles', 'contract', 'summary', 'assumed', 'note', 'notReproduced']
const hooksOf = (row: Deviation): readonly string[] => Object.keys(row).filter((name) => !told.includes(name))

/** The ids that the tests of this folder name, as `row('…'`. */
function testedIds(): readonly string[] {
  const folder = new URL('.', import.meta.url)
  const texts = readdirSync(folder).filter((name) => name.endsWith('.test.ts'))
  return texts.flatMap((name) =>
    [...readFileSync(new URL(name, folder), 'utf8').matchAll(/\brow\(\s*'([\w-]+)'/g)].map(([, id]) => id ?? ''),
  )
}

test('every row that is reproduced has a test that names it', () => {
  const tested = testedIds()

  expect(reproduced.map(({ id }) => id).filter((id) => !tested.includes(id))).toEqual([])
})

test('what is not reproduced says why, and does nothing', () => {
  const left = deviations.filter(({ notReproduced }) => notReproduced !== undefined)

  expect(left.map(({ id }) => id)).toEqual([
    'update-checks-configuration',
    'old-errors-are-cleaned-up',
    'bad-attachments-fail',
    'body-of-get-fails',
  ])
  expect(left.flatMap(hooksOf)).toEqual([])
})

test('every other row does something', () => {
  expect(reproduced.filter((row) => hooksOf(row).length === 0).map(({ id }) => id)).toEqual([])
})

test('rows have names of their own, and what a reader needs', () => {
  const ids = deviations.map(({ id }) => id)

  expect(new Set(ids).size).toBe(ids.length)
  for (const { id, profiles, source: contract, summary } of deviations) {
    expect(id).toMatch(/^[a-z\d]+(-[a-z\d]+)*$/)
    expect(PROFILES.filter((profile) => profiles.includes(profile))).toEqual(profiles)
    expect(profiles).not.toEqual([])
    expect(contract).toMatch(/^§\d/)
    expect(summary).toMatch(/\.$/)
  }
})

test('what is assumed of the legacy wire is taken from C1', () => {
  const assumed = deviations.filter(({ assumed: is }) => is)

  expect(
    assumed.filter(
      ({ profiles }) => !profiles.includes('existing-legacy') || !profiles.includes('existing-refactored'),
    ),
  ).toEqual([])
  expect(assumed.length).toBeGreaterThan(20)
})
