// docs/endpoint-coverage.md: which test calls which endpoint of which generation. Each pair needs one that was answered
// with success; `check` fails when one has none, or when the file says something else. The tests of packages/conformance
// note what was answered, and the reporter wrote that down (`npm run test:unit` has just run).
//   node scripts/endpoint-coverage.mjs check | update
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { ENDPOINT_IDS, endpointOf, GENERATIONS, isAvailable } from '@ai-ticket-creator/domain'
import { paramNames } from '@ai-ticket-creator/domain/internal'

const FILE = 'docs/endpoint-coverage.md'

const [mode] = process.argv.slice(2)
if (mode !== 'check' && mode !== 'update') throw new Error('say check or update')

const tests = readTests()
const fresh = render(tests)
if (mode === 'update') writeFileSync(FILE, fresh)

const pairs = GENERATIONS.flatMap((generation) =>
  ENDPOINT_IDS.filter((id) => isAvailable(id, generation)).map((id) => ({ generation, id })),
)
const complaints = [
  ...uncovered(tests).map(({ generation, id }) => `no test has a success of ${id} in ${generation}`),
  ...(existsSync(FILE) && readFileSync(FILE, 'utf8') === fresh ? [] : [`${FILE} is stale: npm run endpoints:update`]),
  ...(uncovered([]).length === pairs.length ? [] : ['without tests all is covered']),
]

for (const complaint of complaints) console.error(`FAILED ${complaint}`)
console.log(`${pairs.length} endpoints in their generations, ${tests.length} tests: ${complaints.length} complaints`)
process.exit(complaints.length === 0 ? 0 : 1)

/** The tests that passed, each with what was answered with success. */
function readTests() {
  const { testResults } = JSON.parse(readFileSync('coverage/tests.json', 'utf8'))
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status, meta }) => status === 'passed' && meta?.endpoints !== undefined)
      .map(({ title, meta }) => ({
        title,
        file: relative('.', name).replaceAll('\\', '/'),
        answered: meta.endpoints.map((line) => line.split(' ')).filter(([, , status]) => status.startsWith('2')),
      })),
  )
}

function uncovered(among) {
  return pairs.filter((pair) => covering(pair, among) === undefined)
}

/**
 * Of the tests that cover a pair the one that is most about it: with the fewest other endpoints, rows that it makes first
 * apart; then with the most calls; then by its name.
 */
function covering({ generation, id }, among) {
  const [best] = among
    .map((test) => ({
      ...test,
      calls: test.answered.filter((call) => call[0] === generation && call[1] === id).length,
    }))
    .filter(({ calls }) => calls > 0)
    .toSorted((one, other) => othersIn(one, id) - othersIn(other, id) || other.calls - one.calls || byName(one, other))
  return best
}

function othersIn({ answered }, id) {
  return new Set(answered.map(([, other]) => other).filter((other) => other !== id && !makesRow(other))).size
}

function makesRow(id) {
  const { method, path } = endpointOf(id)
  return method === 'POST' && paramNames(path).length === 0
}

function byName(one, other) {
  const [a, b] = [one, other].map(({ title, file }) => `${title}\n${file}`)
  return a < b ? -1 : Number(a > b)
}

function render(among) {
  const rows = ENDPOINT_IDS.map((id) => {
    const { method, path } = endpointOf(id)
    const cells = GENERATIONS.map((generation) => {
      if (!isAvailable(id, generation)) return 'not in this generation'
      const test = covering({ generation, id }, among)
      return test === undefined ? '**none**' : `[${test.title.replaceAll('|', '\\|')}](../${test.file})`
    })
    return [`\`${method} ${path}\``, ...cells]
  })
  const table = [['endpoint', ...GENERATIONS], ['---', ...GENERATIONS.map(() => '---')], ...rows]
  return [
    '# Endpoints under test',
    'Each endpoint, and for each generation that has it a test of the conformance suite that was answered with success. The suite runs against every backend; of several tests the one is named that is most about the endpoint. Made by `npm run endpoints:update`.',
    `${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`,
  ].join('\n\n')
}
