// Why this exists: the failures of a deviation are predicted from that deviation alone, not copied from the whole profile.
// `npm test` then compares the three whole profiles with the predictions.
//   npm run predictions:update         verifies each deviation and writes the predictions
//   npm run test:deep -- predictions   verifies each deviation and compares the result with the predictions
import { writeFileSync } from 'node:fs'
import { PROFILES } from '@ai-ticket-creator/reference-api'
import { loadWithDeviations } from './backend.ts'
import { predict } from './predict.ts'
import { FILE, type Prediction, type Predictions, readPredictions } from './predictions.ts'

const start = performance.now()
const withDeviations = await loadWithDeviations()
const found: Record<string, Prediction> = {}
for (const profile of PROFILES) found[profile] = await predict(profile, withDeviations)

if (process.argv.includes('check')) for (const difference of compare(readPredictions(), found)) fail(difference)
else writeFileSync(FILE, toText(found))
console.log(
  `${PROFILES.length} profiles, one deviation at a time, in ${((performance.now() - start) / 1000).toFixed(0)} s`,
)

/** Like the formatter: lists in one line. */
function toText(predictions: unknown): string {
  const text = JSON.stringify(predictions, undefined, 2)
  return `${text.replaceAll(/\[\s+([^\]]*?)\s+\]/g, (_, items: string) => `[${items.replaceAll(/\s+/g, ' ')}]`)}\n`
}

function compare(recorded: Predictions, actual: Readonly<Record<string, Prediction>>): readonly string[] {
  return PROFILES.flatMap((profile) => {
    const [before, after] = [linesOf(recorded[profile]), linesOf(actual[profile])]
    return [
      ...before.filter((line) => !after.includes(line)).map((line) => `${profile}: recorded, but not found: ${line}`),
      ...after.filter((line) => !before.includes(line)).map((line) => `${profile}: found, but not recorded: ${line}`),
    ]
  })
}

function linesOf(prediction: Prediction | undefined): readonly string[] {
  const { deviations = {}, masked = {} } = prediction ?? {}
  return [
    ...Object.entries(deviations).flatMap(([id, cases]) => [
      `deviation ${id}`,
      ...Object.entries(cases).map(([name, outcome]) => `${id}: ${name} ${outcome}`),
    ]),
    ...Object.entries(masked).map(([name, { outcome, by }]) => `${name} ${outcome}, masked by ${by.join(' and ')}`),
  ]
}

function fail(difference: string): void {
  console.error(`FAILED ${difference}`)
  process.exitCode = 1
}
