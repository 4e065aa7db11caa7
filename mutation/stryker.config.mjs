// The configuration of Stryker. mutation/run.mjs starts it in the root of the repository and sets the variables.
import { readSize } from '../vitest.sizes.ts'

const folder = process.env.MUTATION_FOLDER

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  plugins: ['@stryker-mutator/vitest-runner', new URL('sample.mjs', import.meta.url).href],
  testRunner: 'vitest',
  vitest: { configFile: 'mutation/vitest.config.ts', related: false },
  warnings: { slow: false },
  coverageAnalysis: 'perTest',
  // Long enough for a busy machine, because a mutant whose tests time out counts as killed. Stryker stops endless loops earlier:
  // it counts the iterations.
  timeoutMS: 60_000,
  // The first run of the tests takes a minute when nothing else runs.
  dryRunTimeoutMinutes: 30,
  checkers: ['sample'],
  // compiled-*.ts are generated from the other sources, and a test checks that they are current.
  mutate: [`${folder}/src/**/*.ts`, `!${folder}/src/**/compiled-*.ts`],
  // Nothing is compiled, so there is no tsconfig to rewrite.
  tsconfigFile: 'none',
  ignorePatterns: ['docs/api', 'decisions', 'examples', 'scripts', 'coverage', 'mutation/node_modules'],
  tempDirName: '.tmp/stryker',
  concurrency: readSize('MUTATION_WORKERS', 2),
  reporters: ['json', 'clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: `.tmp/mutation/${folder}.json` },
}
