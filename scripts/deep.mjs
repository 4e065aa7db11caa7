// Why this exists: chance finds what nobody thought of, given more cases than `npm test` has time for.
//   npm run test:deep           all parts
//   npm run test:deep -- fuzz   those whose names contain one of the words
// Each part prints its seed. A size or a seed that is set outside is kept: FUZZ_REQUESTS=500 FUZZ_SEED=7 npm run …
import { spawnSync } from 'node:child_process'

const inSources = 'node --conditions=@ai-ticket-creator/source'
const referenceApi = 'vitest run --project reference-api'

const parts = [
  { name: 'laws', command: `${inSources} packages/domain/test/laws.deep.ts`, sizes: {} },
  {
    name: 'redact',
    command: 'vitest run --project domain test/redact.test.ts',
    sizes: { REDACT_RUNS: 20_000, REDACT_SEED: Math.floor(Math.random() * 2 ** 31) },
  },
  { name: 'fuzz', command: `${referenceApi} test/fuzz.test.ts`, sizes: { FUZZ_REQUESTS: 50_000 } },
  { name: 'organizations', command: `${referenceApi} test/organizations-walk.test.ts`, sizes: { WALKS: 3000 } },
  { name: 'keys', command: `${referenceApi} test/idempotency.test.ts`, sizes: { KEYS_RUNS: 10_000 } },
  { name: 'drops', command: 'vitest run --project sdk test/dropped-creates.test.ts', sizes: { DROPS_RUNS: 10_000 } },
  {
    name: 'detection',
    command: 'vitest run --project conformance test/detection.test.ts',
    sizes: { DETECTION_SEEDS: 10, DETECTION_CALLS: 9, DETECTION_OPERATIONS: 'all' },
  },
  {
    name: 'lookups',
    command: 'vitest run --project conformance test/lookups.test.ts',
    sizes: { LOOKUP_RACES: 10_000, LOOKUP_TICKETS: 1000 },
  },
  {
    name: 'transports',
    command: 'vitest run --project conformance test/before-code.test.ts test/after-code',
    sizes: { CONFORMANCE: 'all' },
  },
  {
    name: 'filters',
    command: 'vitest run --project conformance test/filters.test.ts',
    sizes: { FILTERS_PAGES: 'all' },
  },
  { name: 'paging', command: 'vitest run --project sdk test/paging.test.ts', sizes: { PAGING_ROWS: 100_000 } },
  { name: 'limits', command: `${referenceApi} test/limits.test.ts`, sizes: { LIMITS: 'all' } },
  { name: 'cursors', command: `${referenceApi} test/cursor.test.ts`, sizes: { CURSOR_WALKS: 5000 } },
  { name: 'mutation-domain', command: 'node scripts/mutation.mjs domain', sizes: { MUTATION_SHARE: 0.1 } },
  { name: 'mutation-sdk', command: 'node scripts/mutation.mjs sdk', sizes: { MUTATION_SHARE: 0.1 } },
  {
    name: 'predictions',
    command: `${inSources} packages/test-utils/test/verify/profiles/update.ts check`,
    sizes: {},
  },
  { name: 'mutants', command: `${inSources} packages/test-utils/test/mutants/update.ts check`, sizes: {} },
  {
    name: 'usage',
    command: `${inSources} packages/test-utils/test/usage-cost.deep.ts`,
    sizes: { USAGE_ROUNDS: 400 },
  },
  { name: 'verify-time', command: `${inSources} packages/test-utils/test/verify-time.deep.ts`, sizes: {} },
  {
    name: 'verify-faults',
    command: 'vitest run --project test-utils test/verify/faulty-backends.test.ts',
    sizes: { SAMPLE: 'all' },
  },
  {
    name: 'verify-seeds',
    command: 'vitest run --project test-utils test/verify/good-backends.test.ts',
    sizes: { VERIFY_SEEDS: 200, VERIFY_SEED: 1 },
  },
]

const wanted = process.argv.slice(2)
const chosen = parts.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
const results = chosen.map(run)

console.log()
for (const { name, ok, seconds } of results)
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${seconds.padStart(7)} s  ${name}`)
if (results.length === 0)
  console.log(`no part is called ${wanted.join(', ')}; there are ${parts.map(({ name }) => name).join(', ')}`)
process.exitCode = results.length > 0 && results.every(({ ok }) => ok) ? 0 : 1

function run({ name, command, sizes }) {
  const said = Object.entries(sizes).map(([key, value]) => `${key}=${process.env[key] ?? value}`)
  console.log(`\n=== ${name}: ${[...said, command].join(' ')}`)
  const start = performance.now()
  const env = { ...sizes, ...process.env }
  const { status } = spawnSync(command, { shell: true, env, stdio: ['ignore', 'inherit', 'inherit'] })
  return { name, ok: status === 0, seconds: ((performance.now() - start) / 1000).toFixed(1) }
}
