import type { Reporter, TestModule, Vitest } from 'vitest/node'

/** Fails a run that skipped a test. Lint finds `test.skip`; this finds tests that are skipped at run time. */
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
