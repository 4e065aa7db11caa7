import type { Reporter, TestModule, Vitest } from 'vitest/node'

/** Fails a run that skipped a test. Lint finds `test.skip`; this reporter finds tests that are skipped at run time. */
export class NothingSkipped implements Reporter {
  #isFiltered = false

  onInit({ config }: Vitest): void {
    this.#isFiltered = config.testNamePattern !== undefined
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (this.#isFiltered) return
    for (const module of modules)
      for (const test of module.children.allTests('skipped')) {
        console.error(`FAILED ${module.relativeModuleId}: "${test.fullName}" was skipped`)
        process.exitCode = 1
      }
  }
}

/** Fails a run with an empty coverage report: it meets all thresholds, so a wrong `include` would pass unseen. */
export class CoverageNotEmpty implements Reporter {
  onCoverage(coverage: unknown): void {
    // The type of vitest is `unknown`; the provider gives a map of Istanbul.
    const { files } = coverage as { files: () => string[] }
    if (files.call(coverage).length > 0) return
    console.error('FAILED the coverage report has no file: check `coverage.include` in vitest.config.ts')
    process.exitCode = 1
  }
}
