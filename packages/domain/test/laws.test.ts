import { changes, changesOf, downgrade, ENDPOINT_IDS, upgrade } from '@ai-ticket-creator/domain'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readSeed, readSize } from '../../../vitest.sizes.ts'
import {
  changesWithoutSample,
  type Draw,
  down,
  drawFrom,
  entitiesOf,
  identical,
  type Place,
  places,
  resolvers,
  survivesDown,
  survivesUp,
  up,
} from './laws.ts'

const total = readSize('LAWS_CASES', 10_000)
const seed = readSeed('LAWS_SEED', Math.floor(Math.random() * 2 ** 31))
console.log(`laws: ${total} cases, seed ${seed}; LAWS_SEED=${seed} repeats them`)

const bothWays = places.filter((place) => place.bothWays)
const laws = bothWays.length + 4 * places.length + 1
const numRuns = Math.ceil(total / laws)
let cases = 0

/** Values of a generator. fast-check shortens the tape when a law fails. */
const from = <T>(generate: (draw: Draw) => T): fc.Arbitrary<T> =>
  fc
    .array(fc.nat({ max: 999_999 }), { maxLength: 120, size: 'max' })
    .map((tape) => deepFreeze(generate(drawFrom(tape))))

function checkLaw<T>(values: fc.Arbitrary<T>, law: (value: T) => void): void {
  const counted = fc.property(values, (value) => {
    cases += 1
    law(value)
  })
  fc.assert(counted, { seed, numRuns })
}

// Frozen, so that no law holds by changing the input.
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(deepFreeze)
  }
  return value
}

test('every change has sample values for the laws; add those of a new one in test/laws.ts', () => {
  expect(changesWithoutSample).toEqual([])
})

test('the laws are tested wherever a change applies', () => {
  const found = changes.flatMap(({ endpoints }) =>
    (['body', 'query', 'reply'] as const).flatMap((part) =>
      (endpoints[part] ?? []).map((endpointId) => `${endpointId} ${part}`),
    ),
  )
  const tried = places.map(({ endpointId, part }) => `${endpointId} ${part}`)

  expect(tried.toSorted()).toEqual([...new Set(found)].toSorted())
})

test('only ticket replies have more information in the retired fields', () => {
  const oneWay = places.filter((place) => !place.bothWays)

  expect(new Set(oneWay.map(({ endpointId, part }) => changesOf(endpointId, part)[0]?.id))).toEqual(
    new Set(['ticket-reply']),
  )
})

test.each(bothWays)('$endpointId $part: down(up(l)) = l, with no retired field in between', (place) => {
  checkLaw(from(place.old), (old) => {
    expect(survivesUp(place, old)).toBe(true)
    expect(retiredNamesIn(place, up(place, old))).toEqual([])
  })
})

test.each(places)('$endpointId $part: up(down(c)) = c, with no new field in between', (place) => {
  // `integration_result` has the same name in every generation.
  const withNewName = place.replaced.filter((name) => name !== 'integration_result')

  checkLaw(from(place.current), (current) => {
    expect(survivesDown(place, current)).toBe(true)
    expect(keysIn(place, down(place, current)).filter((key) => withNewName.includes(key))).toEqual([])
  })
})

test.each(places)('$endpointId $part: up(up(x)) = up(x), and new fields stay as they are', (place) => {
  checkLaw(fc.tuple(from(place.old), from(place.current)), ([old, current]) => {
    const once = up(place, old)
    expect(identical(up(place, once), once)).toBe(true)
    expect(identical(up(place, current), current)).toBe(true)
  })
})

test.each(places)('$endpointId $part: a field outside the changes keeps its value and its position', (place) => {
  const changed = [...place.retired, ...place.replaced]

  checkLaw(from(place.old), (old) => {
    const [before, after] = [entitiesOf(place, old), entitiesOf(place, up(place, old))]
    expect(identical(outside(changed, after), outside(changed, before))).toBe(true)
  })
})

test.each(places)('$endpointId $part: for any object, up never throws and is idempotent', (place) => {
  // A stored row is used for bodies only, where the value is itself the entity.
  const rows =
    place.part === 'body' ? from((draw) => entitiesOf(place, place.current(draw))[0]) : fc.constant(undefined)
  const stored = fc.option(rows, { nil: undefined })
  const anyResolvers = fc.constantFrom({}, resolvers, { idOf: () => undefined, nameOf: () => undefined })

  checkLaw(fc.tuple(from(place.odd), stored, anyResolvers), ([odd, row, given]) => {
    const options = { ...given, part: place.part, stored: row }
    const once = upgrade(place.endpointId, odd, options)
    const twice = upgrade(place.endpointId, once.body, options)
    downgrade(place.endpointId, odd, options)
    expect(identical(twice.body, once.body)).toBe(true)
    expect(twice.issues).toEqual(once.issues)
  })
})

test('for any value, up and down never throw, and up is idempotent', () => {
  const anywhere = fc.record({
    endpointId: fc.constantFrom(...ENDPOINT_IDS),
    part: fc.constantFrom('body' as const, 'query' as const, 'reply' as const),
    value: fc.oneof(fc.jsonValue(), fc.anything({ withNullPrototype: true, withBigInt: true, withSparseArray: true })),
  })

  checkLaw(anywhere, ({ endpointId, part, value }) => {
    const once = upgrade(endpointId, value, { part })
    const twice = upgrade(endpointId, once.body, { part })
    downgrade(endpointId, value, { part })
    downgrade(endpointId, value, { part, both: true })
    expect(identical(twice.body, once.body)).toBe(true)
  })
})

test(`at least ${total} cases were tested in total`, () => {
  expect(cases).toBeGreaterThanOrEqual(total)
})

const keysIn = (place: Place, value: unknown): string[] =>
  entitiesOf(place, value).flatMap((entity) => Object.keys(entity))

const retiredNamesIn = (place: Place, value: unknown): string[] =>
  keysIn(place, value).filter((key) => place.retired.includes(key))

const outside = (changed: readonly string[], entities: readonly object[]): unknown =>
  entities.map((entity) => Object.entries(entity).filter(([key]) => !changed.includes(key)))
