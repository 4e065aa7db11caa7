// Why this exists: what a deviation breaks is found out with that deviation alone, not read off the whole profile. `npm test`
// then holds the three whole profiles against the sum.
//   npm run predictions:update         finds it out and writes it down
//   npm run test:deep -- predictions   finds it out and holds it against what is written down
import { writeFileSync } from 'node:fs'
import { PROFILES } from '@ai-ticket-creator/reference-api'
import { attribute } from './attribute.ts'
import { readTable } from './backend.ts'
import { FILE, type Predictions, readPredictions } from './predictions.ts'

const start = performance.now()
const withRows = await readTable()
const found: Record<string, unknown> = {}
for (const profile of PROFILES) found[profile] = await attribute(profile, withRows)

const known = process.argv.includes('check') ? readPredictions() : undefined
if (known === undefined) writeFileSync(FILE, toText(found))
else for (const complaint of compare(known, found as Predictions)) fail(complaint)
console.log(`${PROFILES.length} profiles, row by row, in ${((performance.now() - start) / 1000).toFixed(0)} s`)

/** As the formatter has it: lists in one line. */
function toText(predictions: unknown): string {
  const text = JSON.stringify(predictions, undefined, 2)
  return `${text.replaceAll(/\[\s+([^\]]*?)\s+\]/g, (_, items: string) => `[${items.replaceAll(/\s+/g, ' ')}]`)}\n`
}

function compare(known: Predictions, now: Predictions): readonly string[] {
  return PROFILES.flatMap((profile) => {
    const [before, after] = [linesOf(known[profile]), linesOf(now[profile])]
    return [
      ...before
        .filter((line) => !after.includes(line))
        .map((line) => `${profile}: ${line}, as is written, it does not`),
      ...after.filter((line) => !before.includes(line)).map((line) => `${profile}: ${line}, which is not written down`),
    ]
  })
}

function linesOf({ rows, hidden }: Predictions[keyof Predictions]): readonly string[] {
  return [
    ...Object.keys(rows).map((id) => `there is a row ${id}`),
    ...Object.entries(rows).flatMap(([id, cases]) =>
      Object.entries(cases).map(([name, outcome]) => `${id} makes ${name} ${outcome}`),
    ),
    ...Object.entries(hidden).map(
      ([name, { outcome, by }]) => `${by.join(' and ')} let ${name} be ${outcome} after all`,
    ),
  ]
}

function fail(complaint: string): void {
  console.error(`FAILED ${complaint}`)
  process.exitCode = 1
}
