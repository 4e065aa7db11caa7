import { deviations, PROFILES, type Profile } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { observations } from '../../src/verify/cases/invariants/index.ts'
import { rowsOf } from './profiles/attribute.ts'
import { readTable, whole } from './profiles/backend.ts'
import { differences, outcomesOf } from './profiles/outcomes.ts'
import { foretell, readPredictions } from './profiles/predictions.ts'
import { unseen } from './profiles/unseen.ts'

// `npm run test:deep -- predictions` finds out anew what each row does; here the sum is held against the whole.
const predictions = readPredictions()
const withRows = await readTable()
const rules = new Set(observations.map(({ id }) => id))

const sound = {
  'existing-l': await outcomesOf(withRows([]), 'existing-l'),
  'existing-c1': await outcomesOf(withRows([]), 'existing-c1'),
  'existing-c2': await outcomesOf(withRows([]), 'existing-c2'),
} satisfies Record<Profile, unknown>

test.each(PROFILES)('without any row %s is the reference app', (profile) => {
  expect(idsOf(sound[profile], 'failed', 'unknown')).toEqual([])
})

test.each(PROFILES)('%s fails what its rows predict, no more and no fewer', { timeout: 30_000 }, async (profile) => {
  const found = differences(await outcomesOf(whole, profile), sound[profile])

  const predicted = foretell(predictions[profile])
  expect(idsOf(found, 'failed').filter((id) => predicted[id] !== 'failed')).toEqual([])
  expect(idsOf(predicted, 'failed').filter((id) => found[id] !== 'failed')).toEqual([])
  expect(found).toEqual(predicted)
})

test.each(PROFILES)('each row of %s has its prediction, and no other row has', (profile) => {
  expect(Object.keys(predictions[profile].rows)).toEqual(rowsOf(profile))
})

test.each(PROFILES)('a row of %s that no case sees says why, and no other row does', (profile) => {
  const { rows } = predictions[profile]

  const empty = rowsOf(profile).filter((id) => Object.keys(rows[id] ?? {}).length === 0)

  expect(empty).toEqual(rowsOf(profile).filter((id) => isSaidUnseen(id, profile)))
})

test('what is said to be unseen is a row of the table', () => {
  const ids = deviations.map(({ id }) => id)

  expect(Object.keys(unseen).filter((id) => !ids.includes(id))).toEqual([])
})

// In the first profile in which a case sees it. What is looked for in all replies takes all cases, so those come first.
const seen = deviations.flatMap(({ id }) =>
  PROFILES.flatMap((profile) => {
    const cases = Object.entries(predictions[profile].rows[id] ?? {})
    const quick = cases.filter(([name]) => !rules.has(name))
    return cases.length === 0 ? [] : [{ id, profile, cases: Object.fromEntries(quick.length > 0 ? quick : cases) }]
  }).slice(0, 1),
)

test.each(seen)('$id alone does what is said of it ($profile)', { timeout: 30_000 }, async ({ id, profile, cases }) => {
  const outcomes = await outcomesOf(withRows([id]), profile, Object.keys(cases))

  expect(outcomes).toMatchObject(cases)
})

function idsOf(outcomes: Readonly<Record<string, string>>, ...wanted: readonly string[]): readonly string[] {
  return Object.keys(outcomes).filter((id) => wanted.includes(outcomes[id] ?? ''))
}

function isSaidUnseen(id: string, profile: Profile): boolean {
  const said = unseen[id]
  if (deviations.some((row) => row.id === id && row.notReproduced !== undefined)) return true
  return said !== undefined && (said.profiles ?? PROFILES).includes(profile)
}
