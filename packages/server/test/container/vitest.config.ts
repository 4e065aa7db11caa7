import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { NothingSkipped } from '../../../../vitest.reporter.ts'

export default defineConfig({
  root: resolve(import.meta.dirname, '../..'),
  ssr: { resolve: { conditions: ['@ai-ticket-creator/source', 'module', 'node', 'development|production'] } },
  test: {
    include: ['test/container/*.container.ts'],
    reporters: ['default', new NothingSkipped()],
    allowOnly: false,
    // It only ends a test that hangs.
    testTimeout: 900_000,
    hookTimeout: 900_000,
  },
})
