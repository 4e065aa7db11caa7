import type { Profile } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { differencesFrom, probes } from './probes.ts'

/** The known differences: for each probe, what the profile answers instead of what was recorded. */
const known: Readonly<Partial<Record<Profile, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>> = {}

const played = probes.flatMap((probe) =>
  (['existing-refactored', 'existing-latest'] as const).map((profile) => ({ ...probe, profile, probe })),
)

test.each(played)('$profile answers $id, $method $path, as recorded', async ({ profile, probe }) => {
  expect(await differencesFrom(probe, profile)).toEqual(known[profile]?.[probe.id] ?? {})
})

test('the known differences are about recorded probes', () => {
  const ids = probes.map(({ id }) => id)

  expect(Object.values(known).flatMap((table) => Object.keys(table).filter((id) => !ids.includes(id)))).toEqual([])
})
