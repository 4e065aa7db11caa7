import { createTestApi, type TestApi } from '@ai-ticket-creator/test-utils'

/** A backend as clients meet them. */
export interface Age {
  readonly name: string
  readonly words: 'legacy' | 'current'
  readonly open: (seed: number) => TestApi
  readonly become: (api: TestApi) => void
  /** What stands beside it in a mixed fleet, what it becomes, and what it was: it speaks the other words. */
  readonly other: string
}

const ofGeneration = (generation: 'legacy' | 'transitional' | 'current', other: string): Age => ({
  name: generation,
  words: generation === 'legacy' ? 'legacy' : 'current',
  open: (seed) => createTestApi({ generation, seed }),
  become: (api) => {
    api.switchProfile(undefined)
    api.switchGeneration(generation)
  },
  other,
})

const ofProfile = (profile: 'existing-legacy' | 'existing-refactored' | 'existing-latest', other: string): Age => ({
  name: profile,
  words: profile === 'existing-legacy' ? 'legacy' : 'current',
  open: (seed) => createTestApi({ profile, seed }),
  become: (api) => api.switchProfile(profile),
  other,
})

export const ages: readonly Age[] = [
  ofGeneration('legacy', 'current'),
  ofGeneration('transitional', 'legacy'),
  ofGeneration('current', 'legacy'),
  ofProfile('existing-legacy', 'existing-latest'),
  ofProfile('existing-refactored', 'existing-legacy'),
  ofProfile('existing-latest', 'existing-legacy'),
]

export function ageCalled(name: string): Age {
  const age = ages.find((one) => one.name === name)
  if (age === undefined) throw new Error(`there is no ${name}`)
  return age
}
