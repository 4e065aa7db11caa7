import { defineConfig } from 'vitest/config'

const project = (dir: string) => ({
  extends: true as const,
  test: {
    name: dir,
    root: `./packages/${dir}`,
    include: ['test/**/*.test.ts', 'src/**/*.test.ts'],
    typecheck: {
      enabled: true,
      checker: 'tsc' as const,
      include: ['test/**/*.test-d.ts', 'src/**/*.test-d.ts'],
      // It must INCLUDE the *.test-d.ts files: a type test outside the config's files passes unchecked.
      tsconfig: '../../tsconfig.json',
    },
  },
})

const published = ['domain', 'sdk', 'reference-api', 'test-utils']
const enough = { lines: 95, functions: 95, statements: 95, branches: 95 }
export default defineConfig({
  // Workspace packages resolve to src through the custom condition: tests need no build.
  ssr: { resolve: { conditions: ['@ai-ticket-creator/source', 'module', 'node', 'development|production'] } },
  test: {
    projects: [...published, 'conformance'].map(project),
    // scripts/tests-check.mjs reads the JSON: nothing skipped, nothing left out.
    reporters: ['default', ['json', { outputFile: 'coverage/tests.json' }]],
    allowOnly: false,
    // The default leaves a core to others, which is half of a small machine.
    maxWorkers: '100%',
    coverage: {
      provider: 'v8',
      include: published.map((dir) => `packages/${dir}/src/**/*.ts`),
      // A page alone can import the last one: `npm run test:browser` does.
      exclude: ['**/*.test.ts', '**/*.test-d.ts', 'packages/test-utils/src/browser.ts'],
      reporter: ['text', 'json-summary', 'lcov'],
      // By package: one total would let a well-tested package cover for another.
      thresholds: Object.fromEntries(published.map((dir) => [`packages/${dir}/src/**`, enough])),
    },
  },
})
