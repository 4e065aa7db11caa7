// Read by Stryker in the root of the repository; scripts/mutation.mjs starts it and sets the variables.
const folder = process.env.MUTATION_FOLDER

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  plugins: [
    '@stryker-mutator/vitest-runner',
    new URL('sample.mjs', import.meta.url).href,
    new URL('unnoticed.mjs', import.meta.url).href,
  ],
  testRunner: 'vitest',
  vitest: { configFile: 'mutation/vitest.config.ts', related: false },
  warnings: { slow: false },
  coverageAnalysis: 'perTest',
  // Enough for a busy machine: what is given up for slowness would count as noticed. Endless loops are seen by their count.
  timeoutMS: 60_000,
  checkers: ['sample'],
  mutate: [`${folder}/src/**/*.ts`],
  // Nothing is compiled, so there is no tsconfig to rewrite.
  tsconfigFile: 'none',
  ignorePatterns: ['docs/api', 'decisions', 'examples', 'scripts', 'coverage', 'mutation/node_modules'],
  tempDirName: '.tmp/stryker',
  concurrency: Number(process.env.MUTATION_WORKERS ?? 2),
  reporters: ['json', 'unnoticed'],
  jsonReporter: { fileName: `.tmp/mutation/${folder}.json` },
}
