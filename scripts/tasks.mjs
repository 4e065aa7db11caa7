// What the npm scripts run: `npm run X` is `node scripts/dev.mjs run X`, and X is looked up here.
//   run         a shell command, or several that run one after another
//   after       tasks that must pass first
//   alone       the task uses all cores, so no other task runs at the same time
//   defaults    values of environment variables that are not set

const nodeOnSources = 'node --conditions=@ai-ticket-creator/source'
const publishedOnly =
  '--filter "./packages/*" --filter "!@ai-ticket-creator/conformance" --filter "!@ai-ticket-creator/test-postgresql"'
// Runs on several versions of PostgreSQL. A part with --project "!*15" leaves version 15 out.
const postgresql = 'vitest run --config packages/test-postgresql/vitest.config.ts'
const inProject = (name, file) => `vitest run --project ${name} test/${file}.test.ts`
const onServers = (file) => `${postgresql} ${file}`
const randomSeed = () => Math.floor(Math.random() * 2 ** 31)

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
  quickstart: { run: `${nodeOnSources} examples/quickstart/main.ts` },
  telemetry: { run: `${nodeOnSources} examples/opentelemetry/main.ts` },
  size: { run: 'size-limit', after: ['build'] },
  'test:unit': {
    run: 'vitest run --coverage --project "!examples" --project "!repository" --project "!packed" --project "!consumers"',
    alone: true,
  },
}

/**
 * The parts of `npm run test:deep`: the long tests, mostly randomized tests with more cases than `npm test` has time for. Each
 * part prints its seed. An environment variable overrides a size or a seed: FUZZ_REQUESTS=500 FUZZ_SEED=7 npm run test:deep -- fuzz
 */
export const parts = {
  laws: { run: `${nodeOnSources} packages/domain/test/laws.deep.ts` },
  redact: {
    run: inProject('domain', 'redact'),
    defaults: { REDACT_RUNS: 20_000, REDACT_SEED: randomSeed() },
  },
  fuzz: { run: inProject('reference-api', 'fuzz'), defaults: { FUZZ_REQUESTS: 50_000 } },
  databases: {
    run: `${postgresql} --project "!*15" random-requests`,
    defaults: { FUZZ_REQUESTS: 50_000, WALKS: 3000 },
  },
  processes: {
    run: `${postgresql} three-processes`,
    defaults: { DROPS_RUNS: 10_000, KEYS_RUNS: 10_000 },
  },
  load: { run: `${postgresql} --project "!*15" mixed-load`, defaults: { LOAD_SECONDS: 600 } },
  limits: { run: inProject('reference-api', 'limits'), defaults: { LIMITS: 'all' } },
  organizations: { run: inProject('reference-api', 'organizations-walk'), defaults: { WALKS: 3000 } },
  kills: { run: `${postgresql} --project "!*15" kills.pglite /processes.postgres`, defaults: { KILLS: 50 } },
  keys: { run: inProject('reference-api', 'idempotency'), defaults: { KEYS_RUNS: 10_000 } },
  interleavings: { run: inProject('sdk', 'interleavings'), defaults: { INTERLEAVINGS_RUNS: 1500 } },
  drops: { run: inProject('sdk', 'dropped-creates'), defaults: { DROPS_RUNS: 10_000 } },
  detection: {
    run: inProject('conformance', 'detection'),
    defaults: { DETECTION_SEEDS: 10, DETECTION_CALLS: 9, DETECTION_OPERATIONS: 'all' },
  },
  lookups: { run: inProject('conformance', 'lookups'), defaults: { LOOKUP_RACES: 10_000, LOOKUP_TICKETS: 1000 } },
  transports: {
    run: 'vitest run --project conformance test/before-code test/after-code',
    defaults: { CONFORMANCE: 'all' },
  },
  postman: { run: inProject('conformance', 'postman'), defaults: { POSTMAN: 'all' } },
  filters: { run: inProject('conformance', 'filters'), defaults: { FILTERS_PAGES: 'all' } },
  generators: { run: 'vitest run --project consumers generators' },
  interruptions: {
    run: inProject('migrate', 'interruptions'),
    defaults: { INTERRUPTIONS: 60, INTERRUPTIONS_SEED: randomSeed() },
  },
  // On real servers: all steps on PostgreSQL 15, and a third of them on the newest version.
  'migration-kills': {
    run: onServers('/kills.postgres'),
    defaults: { KILLED_STEPS: 'all', KILLED_ROWS: 20_000, KILLS: 20, KILLED_STEPS_SEED: randomSeed() },
  },
  'migration-server-kills': {
    run: onServers('server-kills.postgres'),
    defaults: { KILLED_STEPS: 'all', KILLED_ROWS: 20_000, SERVER_KILLS: 5, KILLED_STEPS_SEED: randomSeed() },
  },
  'migration-dual-writes': {
    run: onServers('dual-writes.postgres'),
    defaults: { DUAL_WRITES: 1_000_000, KILLED_STEPS_SEED: randomSeed() },
  },
  'migration-tickets': {
    run: onServers('ticket-traffic.postgres'),
    defaults: { TICKET_ROWS: 300_000, KILLED_STEPS_SEED: randomSeed() },
  },
  'migration-wire': { run: onServers('migration.postgres'), defaults: { MIGRATION_LOOPS: 18 } },
  echo: { run: inProject('sdk', 'echo'), defaults: { ECHO_EVERY: 1 } },
  secrets: { run: inProject('sdk', 'secrets'), defaults: { SECRETS_EVERY: 1 } },
  paging: { run: inProject('sdk', 'paging'), defaults: { PAGING_ROWS: 100_000 } },
  cursors: { run: inProject('reference-api', 'cursor'), defaults: { CURSOR_WALKS: 5000 } },
  'mutation-domain': { run: 'node mutation/run.mjs domain', defaults: { MUTATION_SHARE: 0.1 } },
  'mutation-sdk': { run: 'node mutation/run.mjs sdk', defaults: { MUTATION_SHARE: 0.1 } },
  predictions: { run: `${nodeOnSources} packages/test-utils/test/verify/profiles/update.ts check` },
  mutants: { run: `${nodeOnSources} packages/test-utils/test/mutants/update.ts check` },
  usage: { run: `${nodeOnSources} packages/test-utils/test/usage-cost.deep.ts`, defaults: { USAGE_ROUNDS: 400 } },
  'verify-time': { run: `${nodeOnSources} packages/test-utils/test/verify-time.deep.ts` },
  faults: { run: inProject('test-utils', 'verify/faulty-backends'), defaults: { SAMPLE: 'all' } },
  'allowed-differences': { run: inProject('test-utils', 'verify/allowed-differences'), defaults: { SAMPLE: 'all' } },
  'verify-seeds': {
    run: inProject('test-utils', 'verify/good-backends'),
    defaults: { VERIFY_SEEDS: 200, VERIFY_SEED: 1 },
  },
}

/** Tasks that are neither steps of `npm test` nor parts of `npm run test:deep`. */
export const otherTasks = {
  pack: {
    run: [
      'rm -rf .tmp/packs',
      // Not `--silent`: with that flag pnpm packs nothing and does not fail.
      `pnpm -r --reporter=silent ${publishedOnly} pack --pack-destination .tmp/packs`,
    ],
    after: ['build'],
  },
  'test:postgres': { run: postgresql },
  'test:browser': {
    run: [
      'vitest run --config packages/test-utils/test/browser/vitest.config.ts',
      'vitest run --config packages/server/test/browser/vitest.config.ts',
    ],
  },
  'test:container': { run: 'vitest run --config packages/server/test/container/vitest.config.ts' },
  'test:runners': { run: 'vitest run --project consumers runners guide server', after: ['pack'] },
  'consumer:check': { run: 'vitest run --project consumers toolchains', after: ['pack'] },
  bench: {
    run: ['npm ci --prefix bench --prefer-offline --no-audit --no-fund', 'node bench/main.mjs'],
    after: ['build'],
  },
  'bench:server': { run: `${nodeOnSources} --no-warnings packages/server/test/bench/main.ts`, after: ['build'] },
  'bench:migration': { run: `${nodeOnSources} packages/migrate/test/bench/main.ts` },
  docs: { run: 'typedoc' },
  format: { run: 'biome check --write .' },
  'docs:update': { run: 'vitest run document --update' },
  'api:update': { run: 'node scripts/api-report.mjs update', after: ['build'] },
  'predictions:update': { run: `${nodeOnSources} packages/test-utils/test/verify/profiles/update.ts` },
  'mutants:draw': { run: `${nodeOnSources} packages/test-utils/test/mutants/draw.ts` },
  'mutants:update': { run: `${nodeOnSources} packages/test-utils/test/mutants/update.ts` },
  changeset: { run: 'changeset' },
  release: { run: ['node scripts/run.mjs test', 'changeset publish'] },
}
