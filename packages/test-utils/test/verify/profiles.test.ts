import { deviations, PROFILES, type Profile } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { invariants } from '../../src/verify/cases/invariants/index.ts'
import { SAMPLE_SEED, sample } from '../sample.ts'
import { loadWithDeviations, referenceApp, whole } from './profiles/backend.ts'
import { differences, type Outcomes, outcomesOf } from './profiles/outcomes.ts'
import { deviationsOf } from './profiles/predict.ts'
import { predictedOutcomes, readPredictions } from './profiles/predictions.ts'
import { undetected } from './profiles/undetected.ts'

// `npm run test:deep -- predictions` verifies every deviation of every profile.
const predictions = readPredictions()
const withDeviations = await loadWithDeviations()
const invariantIds = new Set(invariants.map(({ id }) => id))

// Two tests use the outcomes of a profile without any deviation.
const references = {
  'existing-legacy': await outcomesOf(withDeviations([]), 'existing-legacy'),
  'existing-refactored': await outcomesOf(withDeviations([]), 'existing-refactored'),
  'existing-latest': await outcomesOf(withDeviations([]), 'existing-latest'),
} satisfies Record<Profile, Outcomes>

test.each([
  { generation: 'legacy', profiles: ['existing-legacy'] },
  { generation: 'current', profiles: ['existing-refactored', 'existing-latest'] },
] as const)(
  'without deviations, the $generation profiles have the outcomes of the $generation reference app',
  { timeout: 120_000 },
  async ({ generation, profiles }) => {
    const reference = await outcomesOf(referenceApp(generation), profiles[0])

    const outcomes = profiles.map((profile) => references[profile])
    expect(outcomes).toEqual(profiles.map(() => reference))
  },
)

test.each(PROFILES)('%s fails exactly the predicted cases', { timeout: 120_000 }, async (profile) => {
  const found = differences(await outcomesOf(whole, profile), references[profile])

  expect(found).toEqual(predictedOutcomes(predictions[profile]))
})

test.each(PROFILES)('each deviation of %s has a prediction', (profile) => {
  expect(Object.keys(predictions[profile].deviations)).toEqual(deviationsOf(profile))
})

test.each(PROFILES)('a deviation of %s that no case detects has a reason, and no other has one', (profile) => {
  const found = deviationsOf(profile).filter(
    (id) => Object.keys(predictions[profile].deviations[id] ?? {}).length === 0,
  )

  expect(found).toEqual(deviationsOf(profile).filter((id) => isUndetected(id, profile)))
})

test('every entry of the undetected deviations is a deviation', () => {
  const ids = deviations.map(({ id }) => id)

  expect(Object.keys(undetected).filter((id) => !ids.includes(id))).toEqual([])
})

// In the first profile in which a case detects it. An invariant needs the replies of all cases, so other cases come first.
const detected = deviations.flatMap(({ id }) =>
  PROFILES.flatMap((profile) => {
    const cases = Object.entries(predictions[profile].deviations[id] ?? {})
    const quick = cases.filter(([name]) => !invariantIds.has(name))
    return cases.length === 0 ? [] : [{ id, profile, cases: Object.fromEntries(quick.length > 0 ? quick : cases) }]
  }).slice(0, 1),
)

test.each(sample(detected, 12))(
  `$id alone changes the predicted cases ($profile, SAMPLE_SEED=${SAMPLE_SEED})`,
  { timeout: 120_000 },
  async ({ id, profile, cases }) => {
    const outcomes = await outcomesOf(withDeviations([id]), profile, Object.keys(cases))

    expect(outcomes).toMatchObject(cases)
  },
)

function isUndetected(id: string, profile: Profile): boolean {
  const entry = undetected[id]
  if (deviations.some((deviation) => deviation.id === id && deviation.notReproduced !== undefined)) return true
  return entry !== undefined && (entry.profiles ?? PROFILES).includes(profile)
}
