// Runs the laws of laws.test.ts so often that a rare loss is found. Part of `npm run test:deep`.
//
//   LAWS_SEED=7 LAWS_PLAIN=100000 LAWS_SHRINKABLE=10000 node --conditions=@ai-ticket-creator/source laws.deep.ts
import * as fc from 'fast-check'
import { readSeed, readSize } from '../../../vitest.sizes.ts'
import { changesWithoutSample, drawAtRandom, drawFrom, type Place, places, survivesDown, survivesUp } from './laws.ts'

const seed = readSeed('LAWS_SEED', Math.floor(Math.random() * 2 ** 31))
const plain = readSize('LAWS_PLAIN', 10_000_000)
const shrinkable = readSize('LAWS_SHRINKABLE', 1_000_000)
let losses = 0

interface Direction {
  readonly name: string
  readonly survives: (place: Place, value: unknown) => boolean
  readonly generate: (place: Place) => Place['old']
  readonly places: readonly Place[]
}

const directions: readonly Direction[] = [
  {
    name: 'old → new → old',
    survives: survivesUp,
    generate: ({ old }) => old,
    places: places.filter(({ bothWays }) => bothWays),
  },
  { name: 'new → old → new', survives: survivesDown, generate: ({ current }) => current, places },
]

console.log(`seed ${seed} (LAWS_SEED=${seed} repeats this run); ${places.length} places`)
if (changesWithoutSample.length > 0) throw new Error(`no values to try ${changesWithoutSample.join(', ')} with`)

for (const direction of directions) {
  report('plain', direction, plain, () => tryPlain(direction))
  report('shrinkable', direction, shrinkable, () => tryShrinkable(direction))
}
console.log(losses === 0 ? 'no losses' : `${losses} losses`)
process.exitCode = losses === 0 ? 0 : 1

/** Round trips over all places in turn, without fast-check. */
function tryPlain({ survives, generate, places: tried }: Direction): number {
  const draw = drawAtRandom(seed)
  const generators = tried.map((place) => ({ place, next: generate(place) }))
  let lost = 0
  for (let index = 0; index < plain; ) {
    for (const { place, next } of generators) {
      if (index++ === plain) break
      const value = next(draw)
      if (survives(place, value)) continue

      lost += 1
      if (lost <= 5) console.error(`lost: ${place.endpointId} ${place.part} ${JSON.stringify(value)}`)
    }
  }
  return lost
}

/** Cases of fast-check, which shrinks a failure to the smallest value. */
function tryShrinkable({ survives, generate, places: tried }: Direction): number {
  const cases = fc
    .tuple(fc.constantFrom(...tried), fc.array(fc.nat({ max: 999_999 }), { maxLength: 80, size: 'max' }))
    .map(([place, tape]) => ({ place, value: generate(place)(drawFrom(tape)) }))

  const { failed, counterexample } = fc.check(
    fc.property(cases, ({ place, value }) => survives(place, value)),
    { seed, numRuns: shrinkable },
  )
  const [loss] = counterexample ?? []
  if (loss) console.error(`lost: ${loss.place.endpointId} ${loss.place.part} ${JSON.stringify(loss.value)}`)
  return failed ? 1 : 0
}

function report(kind: string, { name }: Direction, cases: number, run: () => number): void {
  const start = performance.now()
  const lost = run()
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${name}  ${kind.padEnd(10)}  ${cases} cases  ${seconds} s  ${lost} losses`)
  losses += lost
}
