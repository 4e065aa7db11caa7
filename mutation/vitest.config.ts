import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const folder = fileURLToPath(new URL(`../${process.env['MUTATION_FOLDER']}`, import.meta.url))

// A mutant is killed by the first test that fails, so the slow files run last.
const slowFiles = [
  'sorting',
  'create-outcomes',
  'echo',
  'echo-laws',
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

class FastFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((one, other) => slowness(one) - slowness(other))
  }
}

function slowness({ moduleId }: TestSpecification): number {
  return slowFiles.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))
}

/** Resolves the name of the package to the copy that Stryker made. Without these aliases it resolves to the original sources. */
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
    // These tests read the sources as text or check types, which have no mutants.
    exclude: [
      'test/compile-errors.test.ts',
      'test/compiled-documents.test.ts',
      'test/readme.test.ts',
      'test/field-comments-document.test.ts',
    ],
    setupFiles: ['../vitest.setup.ts', 'vitest.setup.ts'].map((file) => fileURLToPath(new URL(file, import.meta.url))),
    update: 'none',
    isolate: false,
    testTimeout: 60_000,
    sequence: { sequencer: FastFilesFirst },
  },
})
