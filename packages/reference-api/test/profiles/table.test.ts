import { readdirSync, readFileSync } from 'node:fs'
import { type Deviation, deviations, PROFILES } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'

const reproduced = deviations.filter(({ notReproduced }) => notReproduced === undefined)
const described = ['id', 'profiles', 'source', 'summary', 'assumed', 'note', 'notReproduced']
const page = readFileSync(new URL('../../../../docs/existing-backend.md', import.meta.url), 'utf8')
const anchors = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replaceAll(' ', '-'),
)
const hooksOf = (deviation: Deviation): readonly string[] =>
  Object.keys(deviation).filter((name) => !described.includes(name))

/** The ids that the tests of this folder pass to `testDeviation`. */
function testedIds(): readonly string[] {
  const folder = new URL('.', import.meta.url)
  const texts = readdirSync(folder).filter((name) => name.endsWith('.test.ts'))
  return texts.flatMap((name) =>
    [...readFileSync(new URL(name, folder), 'utf8').matchAll(/\btestDeviation\(\s*'([\w-]+)'/g)].map(
      ([, id]) => id ?? '',
    ),
  )
}

test('every reproduced deviation has a test of its own', () => {
  const tested = testedIds()

  expect(reproduced.map(({ id }) => id).filter((id) => !tested.includes(id))).toEqual([])
})

test('a deviation that is not reproduced has no hooks', () => {
  const left = deviations.filter(({ notReproduced }) => notReproduced !== undefined)

  expect(left.map(({ id }) => id)).toEqual([
    'update-checks-configuration',
    'old-errors-are-cleaned-up',
    'bad-attachments-fail',
    'body-of-get-fails',
  ])
  expect(left.flatMap(hooksOf)).toEqual([])
})

test('every reproduced deviation has a hook', () => {
  expect(reproduced.filter((deviation) => hooksOf(deviation).length === 0).map(({ id }) => id)).toEqual([])
})

test('deviations have unique ids, and cite a heading of docs/existing-backend.md', () => {
  const ids = deviations.map(({ id }) => id)

  expect(new Set(ids).size).toBe(ids.length)
  for (const { id, profiles, source, summary } of deviations) {
    expect(id).toMatch(/^[a-z\d]+(-[a-z\d]+)*$/)
    expect(PROFILES.filter((profile) => profiles.includes(profile))).toEqual(profiles)
    expect(profiles).not.toEqual([])
    expect(anchors).toContain(source)
    expect(summary).toMatch(/\.$/)
  }
})

test('what is assumed of existing-legacy is taken from existing-refactored', () => {
  const assumed = deviations.filter(({ assumed }) => assumed)

  expect(
    assumed.filter(
      ({ profiles }) => !profiles.includes('existing-legacy') || !profiles.includes('existing-refactored'),
    ),
  ).toEqual([])
  expect(assumed.length).toBeGreaterThan(20)
})
