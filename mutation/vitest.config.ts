import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const packages = fileURLToPath(new URL('../packages', import.meta.url))
const folder = fileURLToPath(new URL(`../${process.env['MUTATION_FOLDER']}`, import.meta.url))

// A mutant is given up at the first test that fails, so the slow files come last.
const slow = [
  'replies',
  'limits',
  'openapi',
  'lists',
  'lookup',
  'retries',
  'transport',
  'secrets',
  'laws',
  'dropped-creates',
]

class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((one, other) => slowness(one) - slowness(other))
  }
}

function slowness({ moduleId }: TestSpecification): number {
  return slow.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))
}

// The tests of one package, in a copy that Stryker made.
export default defineConfig({
  resolve: {
    // The package asks for itself by name; without these it would get the sources that the copy was made from.
    alias: [
      { find: '@ai-ticket-creator/domain/openapi', replacement: `${packages}/domain/src/openapi.ts` },
      { find: /^@ai-ticket-creator\/domain$/, replacement: `${packages}/domain/src/index.ts` },
    ],
  },
  ssr: { resolve: { conditions: ['@ai-ticket-creator/source', 'module', 'node', 'development|production'] } },
  test: {
    root: folder,
    include: ['test/**/*.test.ts'],
    // They ask the compiler about types, which have no mutants.
    exclude: ['test/compile-errors.test.ts', 'test/readme.test.ts'],
    isolate: false,
    testTimeout: 60_000,
    sequence: { sequencer: QuickFirst },
  },
})
