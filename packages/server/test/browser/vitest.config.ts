import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { NothingSkipped } from '../../../../vitest.reporter.ts'

export default defineConfig({
  root: resolve(import.meta.dirname, '../..'),
  ssr: { resolve: { conditions: ['@ai-ticket-creator/source', 'module', 'node', 'development|production'] } },
  test: {
    include: ['test/browser/*.browser.ts'],
    reporters: ['default', new NothingSkipped()],
    allowOnly: false,
    // It only ends a test that hangs.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
