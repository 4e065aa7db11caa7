import { readFileSync } from 'node:fs'
import { deviations, PROFILES } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { existing } from '../src/existing.ts'

test.each(PROFILES)('what the suite expects otherwise of %s comes from rows of its deviations', (profile) => {
  const { differs, untold } = existing[profile]
  const rows = new Set(deviations.filter(({ profiles }) => profiles.includes(profile)).map(({ id }) => id))
  const reasons = Object.values({ ...differs, ...untold }).flatMap(({ because }) => because)

  const unknown = reasons.filter((id) => !rows.has(id))

  expect(unknown).toEqual([])
  expect(reasons.length).toBeGreaterThan(20)
})

test.each(PROFILES)('a test asks for each thing that is expected otherwise of %s', (profile) => {
  const { differs, untold } = existing[profile]
  const askers = ['before-code.test.ts', 'after-code.test.ts', '../src/backends.ts']
  const sources = askers.map((file) => readFileSync(`${import.meta.dirname}/${file}`, 'utf8')).join('\n')

  const unasked = Object.keys({ ...differs, ...untold }).filter(
    (fact) => !sources.includes(`here('${fact}'`) && !sources.includes(`differs.${fact}?.is`),
  )

  expect(unasked).toEqual([])
})
