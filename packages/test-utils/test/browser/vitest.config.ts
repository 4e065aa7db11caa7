import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig, type Plugin } from 'vitest/config'
import { launchOptions } from '../../../../vitest.chromium.ts'

/** Serves MSW's worker from the package, so that it always has the version of the package. */
const serviceWorker: Plugin = {
  name: 'msw-service-worker',
  configureServer({ middlewares }) {
    middlewares.use('/mockServiceWorker.js', (_, response) => {
      response.setHeader('Content-Type', 'text/javascript')
      response.end(readFileSync(fileURLToPath(import.meta.resolve('msw/mockServiceWorker.js'))))
    })
  },
}

export default defineConfig({
  root: resolve(import.meta.dirname, '../..'),
  plugins: [serviceWorker],
  resolve: { conditions: ['@ai-ticket-creator/source', 'module', 'browser', 'development|production'] },
  test: {
    include: ['test/browser/*.browser.ts'],
    allowOnly: false,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions }),
      instances: [{ browser: 'chromium' }],
    },
  },
})
