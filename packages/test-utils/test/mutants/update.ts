// Why this exists: verifying every mutant with all cases takes minutes, so the case that finds each one is recorded.
// `npm test` verifies a sample with the recorded cases.
//   npm run mutants:update            verifies all mutants and records the cases
//   npm run mutants:update -- m03     verifies some mutants only
//   npm run test:deep -- mutants      verifies all mutants and compares the result with the survivors
import { writeFileSync } from 'node:fs'
import { FOUND, type Killer, readFound, toDocument } from './found.ts'
import { ROOT } from './frozen.ts'
import { mutants } from './index.ts'
import { survivors } from './survivors.ts'
import { verifyAll } from './verify-all.ts'

const args = process.argv.slice(2)
const start = performance.now()
if (args.includes('check')) await check()
else await update()

async function update(): Promise<void> {
  const wanted = mutants.filter(({ id }) => args.length === 0 || args.includes(id))
  const found: Record<string, Killer> = args.length === 0 ? {} : { ...readFound() }
  await verifyAll(wanted, (id, killer) => {
    if (killer === undefined) delete found[id]
    else found[id] = killer
    write(found)
  })
  write(found)
  writeFileSync(`${ROOT}docs/contract-mutants.md`, toDocument(found))
  console.log(
    `${wanted.length} verified in ${minutes()} min; ${Object.keys(found).length} of ${mutants.length} are found`,
  )
}

function write(found: Readonly<Record<string, Killer>>): void {
  const ordered = mutants.flatMap(({ id }) => (found[id] === undefined ? [] : [[id, found[id]] as const]))
  writeFileSync(FOUND, `${JSON.stringify(Object.fromEntries(ordered), undefined, 2)}\n`)
}

async function check(): Promise<void> {
  const problems: string[] = []
  await verifyAll(mutants, (id, killer) => {
    const survivor = survivors[id]
    if (killer === undefined && survivor === undefined) problems.push(`${id}: no case finds it`)
    if (killer !== undefined && survivor !== undefined)
      problems.push(`${id} is listed as a survivor, but ${killer.case} finds it`)
  })
  for (const problem of problems) console.error(`FAILED ${problem}`)
  console.log(`${mutants.length} mutants verified in ${minutes()} min: ${problems.length} problems`)
  process.exitCode = problems.length === 0 ? 0 : 1
}

function minutes(): string {
  return ((performance.now() - start) / 60_000).toFixed(1)
}
