import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig, type Plugin } from 'vitest/config'

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

// Set by scripts/browser-test.mjs, which looks for one.
const { CHROMIUM_PATH: executablePath = 'chromium' } = process.env

// In containers Chromium runs as root. Its requests to its vendor are turned off.
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update']

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
      provider: playwright({ launchOptions: { executablePath, args: quiet } }),
      instances: [{ browser: 'chromium' }],
    },
  },
})
