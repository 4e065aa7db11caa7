import { createTestApi, type TestApi } from '@ai-ticket-creator/test-utils'

/** A version of the backend: a generation of the reference API, or a profile of the existing backend. */
export interface BackendVersion {
  readonly name: string
  /** The generation that a client uses with this version. */
  readonly generation: 'legacy' | 'current'
  readonly open: (seed: number) => TestApi
  readonly switchTo: (api: TestApi) => void
  /** The name of a version of the other generation, for mixed fleets and for switches between versions. */
  readonly otherVersion: string
}

const ofGeneration = (name: 'legacy' | 'transitional' | 'current', otherVersion: string): BackendVersion => ({
  name,
  generation: name === 'legacy' ? 'legacy' : 'current',
  open: (seed) => createTestApi({ generation: name, seed }),
  switchTo: (api) => {
    api.switchProfile(undefined)
    api.switchGeneration(name)
  },
  otherVersion,
})

const ofProfile = (
  profile: 'existing-legacy' | 'existing-refactored' | 'existing-latest',
  otherVersion: string,
): BackendVersion => ({
  name: profile,
  generation: profile === 'existing-legacy' ? 'legacy' : 'current',
  open: (seed) => createTestApi({ profile, seed }),
  switchTo: (api) => api.switchProfile(profile),
  otherVersion,
})

export const backendVersions: readonly BackendVersion[] = [
  ofGeneration('legacy', 'current'),
  ofGeneration('transitional', 'legacy'),
  ofGeneration('current', 'legacy'),
  ofProfile('existing-legacy', 'existing-latest'),
  ofProfile('existing-refactored', 'existing-legacy'),
  ofProfile('existing-latest', 'existing-legacy'),
]

/** @throws Error if no version has the name. */
export function versionNamed(name: string): BackendVersion {
  const version = backendVersions.find((one) => one.name === name)
  if (version === undefined) throw new Error(`there is no version ${name}`)
  return version
}
