import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

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

/** The entry points of the package in the copy. Its name leads to the sources that the copy was made from. */
function entryPoints(): { find: RegExp; replacement: string }[] {
  // The form of the exports of our packages.
  const { name, exports } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as {
    name: string
    exports: Record<string, Record<string, string>>
  }
  return Object.entries(exports).flatMap(([path, conditions]) => {
    const source = conditions['@ai-ticket-creator/source']
    return source === undefined
      ? []
      : [{ find: new RegExp(`^${name}${path.slice(1)}$`), replacement: `${folder}/${source}` }]
  })
}

// The tests of one package, in a copy that Stryker made.
export default defineConfig({
  resolve: { alias: existsSync(`${folder}/package.json`) ? entryPoints() : [] },
  ssr: { resolve: { conditions: ['@ai-ticket-creator/source', 'module', 'node', 'development|production'] } },
  test: {
    root: folder,
    include: ['test/**/*.test.ts'],
    // They read the sources as texts, or ask the compiler about types, which have no mutants.
    exclude: ['test/compile-errors.test.ts', 'test/readme.test.ts', 'test/field-comments-document.test.ts'],
    setupFiles: [fileURLToPath(new URL('../vitest.setup.ts', import.meta.url))],
    update: 'none',
    isolate: false,
    testTimeout: 60_000,
    sequence: { sequencer: QuickFirst },
  },
})
