import { expect, test } from 'vitest'
import { differencesFrom, probes } from './probes.ts'

const played = probes.flatMap((probe) =>
  (['existing-refactored', 'existing-latest'] as const).map((profile) => ({ ...probe, profile, probe })),
)

test.each(played)('$profile answers $id, $method $path, as recorded', async ({ profile, probe }) => {
  expect(await differencesFrom(probe, profile)).toEqual({})
})
