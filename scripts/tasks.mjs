// What the npm scripts run: `npm run X` is `node scripts/dev.mjs run X`, and X is looked up here.
//   run      a shell command, or several that run one after another
//   after    tasks that must pass first
//   alone    the task uses all cores by itself, so nothing runs beside it
//   sizes    environment variables with their defaults; a value from outside wins

const source = 'node --conditions=@ai-ticket-creator/source'
const publishedOnly = '--filter "./packages/*" --filter "!@ai-ticket-creator/conformance"'
const inProject = (name, file) => `vitest run --project ${name} test/${file}.test.ts`

/** The steps of `npm test`. The long ones come first, and the short ones fill the second core. */
export const steps = {
  build: { run: 'pnpm -r --parallel run build' },
  examples: { run: 'vitest run --project examples' },
  lint: { run: ['biome ci --error-on-warnings .', 'oxlint --type-aware --deny-warnings'] },
  packed: { run: 'vitest run --project packed', after: ['pack'] },
  typecheck: { run: ['tsc -p tsconfig.json', 'tsc -p packages/domain', 'tsc -p packages/sdk'] },
  repository: { run: 'vitest run --project repository' },
  'api:check': { run: 'node scripts/api-report.mjs', after: ['build'] },
  'docs:api': { run: 'typedoc --emit none' },
  imports: { run: 'depcruise --output-type err-long packages examples scripts' },
  unused: { run: 'knip' },
  links: { run: 'remark --frail --quiet .' },
  quickstart: { run: `${source} examples/quickstart/main.ts` },
  telemetry: { run: `${source} examples/opentelemetry/main.ts` },
  size: { run: 'size-limit', after: ['build'] },
  'test:unit': {
    run: 'vitest run --coverage --project "!examples" --project "!repository" --project "!packed" --project "!consumers"',
    alone: true,
  },
}

/** The parts of `npm run test:deep`: the same tests with more cases than `npm test` has time for. Each prints its seed. */
export const parts = {
  laws: { run: `${source} packages/domain/test/laws.deep.ts` },
  redact: {
    run: inProject('domain', 'redact'),
    sizes: { REDACT_RUNS: 20_000, REDACT_SEED: Math.floor(Math.random() * 2 ** 31) },
  },
  fuzz: { run: inProject('reference-api', 'fuzz'), sizes: { FUZZ_REQUESTS: 50_000 } },
  limits: { run: inProject('reference-api', 'limits'), sizes: { LIMITS: 'all' } },
  organizations: { run: inProject('reference-api', 'organizations-walk'), sizes: { WALKS: 3000 } },
  keys: { run: inProject('reference-api', 'idempotency'), sizes: { KEYS_RUNS: 10_000 } },
  drops: { run: inProject('sdk', 'dropped-creates'), sizes: { DROPS_RUNS: 10_000 } },
  detection: {
    run: inProject('conformance', 'detection'),
    sizes: { DETECTION_SEEDS: 10, DETECTION_CALLS: 9, DETECTION_OPERATIONS: 'all' },
  },
  lookups: { run: inProject('conformance', 'lookups'), sizes: { LOOKUP_RACES: 10_000, LOOKUP_TICKETS: 1000 } },
  transports: {
    run: 'vitest run --project conformance test/before-code test/after-code',
    sizes: { CONFORMANCE: 'all' },
  },
  filters: { run: inProject('conformance', 'filters'), sizes: { FILTERS_PAGES: 'all' } },
  paging: { run: inProject('sdk', 'paging'), sizes: { PAGING_ROWS: 100_000 } },
  cursors: { run: inProject('reference-api', 'cursor'), sizes: { CURSOR_WALKS: 5000 } },
  'mutation-domain': { run: 'node mutation/run.mjs domain', sizes: { MUTATION_SHARE: 0.1 } },
  'mutation-sdk': { run: 'node mutation/run.mjs sdk', sizes: { MUTATION_SHARE: 0.1 } },
  predictions: { run: `${source} packages/test-utils/test/verify/profiles/update.ts check` },
  mutants: { run: `${source} packages/test-utils/test/mutants/update.ts check` },
  usage: { run: `${source} packages/test-utils/test/usage-cost.deep.ts`, sizes: { USAGE_ROUNDS: 400 } },
  'verify-time': { run: `${source} packages/test-utils/test/verify-time.deep.ts` },
  'verify-faults': { run: inProject('test-utils', 'verify/faulty-backends'), sizes: { SAMPLE: 'all' } },
  'verify-seeds': {
    run: inProject('test-utils', 'verify/good-backends'),
    sizes: { VERIFY_SEEDS: 200, VERIFY_SEED: 1 },
  },
}

export const others = {
  pack: {
    run: [
      'rm -rf .tmp/packs',
      // Not --silent: with it pnpm packs nothing, and does not fail.
      `pnpm -r --reporter=silent ${publishedOnly} pack --pack-destination .tmp/packs`,
    ],
    after: ['build'],
  },
  'test:browser': { run: 'vitest run --config packages/test-utils/test/browser/vitest.config.ts' },
  'test:runners': { run: 'vitest run --project consumers runners guide', after: ['pack'] },
  'consumer:check': { run: 'vitest run --project consumers toolchains', after: ['pack'] },
  bench: {
    run: ['npm ci --prefix bench --prefer-offline --no-audit --no-fund', 'node bench/main.mjs'],
    after: ['build'],
  },
  docs: { run: 'typedoc' },
  format: { run: 'biome check --write .' },
  'docs:update': { run: 'vitest run --update document' },
  'api:update': { run: 'node scripts/api-report.mjs update', after: ['build'] },
  'predictions:update': { run: `${source} packages/test-utils/test/verify/profiles/update.ts` },
  'mutants:draw': { run: `${source} packages/test-utils/test/mutants/draw.ts` },
  'mutants:update': { run: `${source} packages/test-utils/test/mutants/update.ts` },
  changeset: { run: 'changeset' },
  'version-packages': { run: 'changeset version' },
  release: { run: ['node scripts/run.mjs test', 'changeset publish'] },
}
