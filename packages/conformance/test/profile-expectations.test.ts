import { readFileSync } from 'node:fs'
import { deviations, PROFILES } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { profileExpectations } from '../src/profile-expectations.ts'

const allDifferences = (profile: (typeof PROFILES)[number]) => {
  const { differences, autoDifferences } = profileExpectations[profile]
  return { ...differences, ...autoDifferences }
}

test.each(PROFILES)('every difference of %s names deviations of that profile', (profile) => {
  const ids = new Set(deviations.filter(({ profiles }) => profiles.includes(profile)).map(({ id }) => id))
  const differences = Object.values(allDifferences(profile))
  const named = differences.flatMap((difference) => difference.deviations)

  expect(differences.every((difference) => difference.deviations.length > 0)).toBe(true)
  expect(named.filter((id) => !ids.has(id))).toEqual([])
  expect(named.length).toBeGreaterThan(10)
})

test.each(PROFILES)('every difference of %s is used by a test', (profile) => {
  const files = [
    'suite/before-code.ts',
    'suite/after-code-integrations.ts',
    'suite/after-code-tickets.ts',
    'backends.ts',
  ]
  const sources = files.map((file) => readFileSync(`${import.meta.dirname}/../src/${file}`, 'utf8')).join('\n')

  const unused = Object.keys(allDifferences(profile)).filter(
    (fact) => !sources.includes(`expected('${fact}'`) && !sources.includes(`differences.${fact}?.value`),
  )

  expect(unused).toEqual([])
})
