// A green run may have run less than it says: a skipped test passes, a package without a test passes, and a coverage
// threshold over no files is 100 %. Reads what vitest wrote down (`npm run test:unit` has just run).
import { globSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'

const { testResults } = JSON.parse(readFileSync('coverage/tests.json', 'utf8'))
const { total, ...covered } = JSON.parse(readFileSync('coverage/coverage-summary.json', 'utf8'))
const complaints = []

const ran = new Set(testResults.map(({ name }) => relative('.', name)))
for (const file of globSync('packages/*/{src,test}/**/*.{test,test-d}.ts'))
  if (!ran.has(file)) complaints.push(`${file} did not run`)

for (const { name, assertionResults } of testResults) {
  if (assertionResults.length === 0) complaints.push(`${relative('.', name)} has no test`)
  for (const { status, fullName } of assertionResults)
    if (status !== 'passed') complaints.push(`${relative('.', name)}: "${fullName}" is ${status}`)
}

for (const manifest of globSync('packages/*/package.json')) {
  const room = manifest.replace('package.json', '')
  const isPublished = JSON.parse(readFileSync(manifest, 'utf8')).private !== true

  for (const kind of isPublished ? ['.test.ts', '.test-d.ts'] : ['.test.ts'])
    if (![...ran].some((file) => file.startsWith(room) && file.endsWith(kind)))
      complaints.push(`${room} has no *${kind}`)
  if (isPublished && !Object.keys(covered).some((file) => relative('.', file).startsWith(`${room}src/`)))
    complaints.push(`${room} has no file in the coverage report`)
}

for (const complaint of complaints) console.error(`FAILED ${complaint}`)
const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
console.log(
  `${tests.length} tests in ${ran.size} files, ${Object.keys(covered).length} files covered: ${total.lines.pct} % of lines, ${total.branches.pct} % of branches`,
)
process.exit(complaints.length === 0 ? 0 : 1)
