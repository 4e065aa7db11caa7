import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { CoverageNotEmpty, NothingSkipped } from './vitest.reporter.ts'

// Each project has its own root, so paths are absolute.
const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

// The limits only end a test that hangs: no test depends on the speed of the machine.
const hangGuard = { testTimeout: 600_000, hookTimeout: 600_000 }

// The test files of these packages share the modules of their worker, because loading the modules again for each file takes up
// to half of the CPU time. `vitest.setup.ts` undoes what a file changed. Tests of other projects start programs and databases,
// or change the network of the process.
const sharesModules = ['domain', 'sdk', 'reference-api', 'test-utils', 'migrate', 'server']

// Tests that change the network of the process: each file runs in a process of its own, as the project `mock`.
const MOCK = 'test/mock/**/*.test.ts'

const project = (dir: string) => ({
  extends: true as const,
  test: {
    name: dir,
    root: `./packages/${dir}`,
    include: ['test/**/*.test.ts', 'src/**/*.test.ts'],
    exclude: [MOCK],
    setupFiles: [pathOf('vitest.setup.ts')],
    isolate: !sharesModules.includes(dir),
    ...hangGuard,
  },
})

const mock = {
  extends: true as const,
  test: {
    name: 'mock',
    root: './packages/test-utils',
    include: [MOCK],
    setupFiles: [pathOf('vitest.setup.ts')],
    ...hangGuard,
  },
}

/** Tests of the repository itself: the guides, the pages, the configuration, the tarballs. */
const own = (name: string, include: string, more: { globalSetup?: string } = {}) => ({
  extends: true as const,
  test: {
    name,
    include: [include],
    setupFiles: [pathOf('vitest.setup.ts')],
    ...hangGuard,
    ...more,
  },
})

const published = ['domain', 'sdk', 'reference-api', 'test-utils', 'migrate', 'server']
const enough = { lines: 95, functions: 95, statements: 95, branches: 95 }
export default defineConfig({
  // Workspace packages resolve to src through the custom condition: tests need no build.
  ssr: { resolve: { conditions: ['@ai-ticket-creator/source', 'module', 'node', 'development|production'] } },
  test: {
    projects: [
      ...[...published, 'conformance'].map(project),
      mock,
      own('examples', 'examples/{*,http/*}.test.ts'),
      own('repository', 'scripts/*.test.ts'),
      own('consumers', 'scripts/consumers/*.test.ts'),
      own('packed', 'scripts/packed/*.test.ts', { globalSetup: pathOf('scripts/packed/unpack.ts') }),
    ],
    reporters: ['default', new NothingSkipped(), new CoverageNotEmpty()],
    allowOnly: false,
    // A generated page or list that is missing is an error, and tests do not write it. `npm run docs:update` does.
    update: 'none',
    // By default vitest leaves one core unused, which is half of a small machine.
    maxWorkers: '100%',
    coverage: {
      provider: 'custom',
      customProviderModule: pathOf('vitest.coverage.ts'),
      // Under `--project` filters vitest matches from the root of each project, else from the root of the repository.
      include: ['src/**/*.ts', ...published.map((dir) => `packages/${dir}/src/**/*.ts`)],
      // Only a browser can import browser.ts: `npm run test:browser` tests it.
      exclude: ['**/*.test.ts', '**/*.test-d.ts', 'packages/test-utils/src/browser.ts', 'src/browser.ts'],
      reporter: ['text', 'json-summary', 'lcov'],
      // By package: in one total, a well-tested package would make up for another.
      thresholds: Object.fromEntries(published.map((dir) => [`packages/${dir}/src/**`, enough])),
    },
  },
})
