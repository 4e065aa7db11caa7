// Why this exists: which case finds which mutant is found out by trying all, which takes minutes; `npm test` then tries each
// with the case that finds it, and what nobody finds stands in a list with the reason.
//   npm run mutants:update            all, and writes down what was found
//   npm run mutants:update -- m03     those, the others stay as they are
//   npm run test:deep -- mutants      all, and holds it against what is written down
import { writeFileSync } from 'node:fs'
import { FOUND, type Killer, readFound, toDocument } from './found.ts'
import { ROOT } from './frozen.ts'
import { mutants } from './index.ts'
import { survivors } from './survivors.ts'
import { tryAll } from './try-all.ts'

const asked = process.argv.slice(2)
const start = performance.now()
if (asked.includes('check')) await check()
else await update()

async function update(): Promise<void> {
  const wanted = mutants.filter(({ id }) => asked.length === 0 || asked.includes(id))
  const found: Record<string, Killer> = asked.length === 0 ? {} : { ...readFound() }
  await tryAll(wanted, (id, killer) => {
    if (killer === undefined) delete found[id]
    else found[id] = killer
    write(found)
  })
  write(found)
  writeFileSync(`${ROOT}docs/contract-mutants.md`, toDocument(found))
  console.log(`${wanted.length} tried in ${minutes()} min; of ${mutants.length} found: ${Object.keys(found).length}`)
}

function write(found: Readonly<Record<string, Killer>>): void {
  const ordered = mutants.flatMap(({ id }) => (found[id] === undefined ? [] : [[id, found[id]] as const]))
  writeFileSync(FOUND, `${JSON.stringify(Object.fromEntries(ordered), undefined, 2)}\n`)
}

async function check(): Promise<void> {
  const complaints: string[] = []
  await tryAll(mutants, (id, killer) => {
    const survivor = survivors[id]
    if (killer === undefined && survivor === undefined) complaints.push(`${id} is found by no case`)
    if (killer !== undefined && survivor !== undefined)
      complaints.push(`${id} is said to be ${survivor.equivalent ? 'equivalent' : 'open'}, and ${killer.case} finds it`)
  })
  for (const complaint of complaints) console.error(`FAILED ${complaint}`)
  console.log(`${mutants.length} mutants tried in ${minutes()} min: ${complaints.length} complaints`)
  process.exitCode = complaints.length === 0 ? 0 : 1
}

function minutes(): string {
  return ((performance.now() - start) / 60_000).toFixed(1)
}
