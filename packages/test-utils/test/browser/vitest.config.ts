import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
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

// A browser does not come from npm.
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const folders = (process.env['PATH'] ?? '').split(delimiter)
const found = folders.flatMap((folder) => names.map((name) => join(folder, name))).find((file) => existsSync(file))
// The error of a missing browser shows this path.
const advice = 'nowhere: install Chromium (Debian: apt-get install chromium), or set CHROMIUM_PATH to its file'
const executablePath = process.env['CHROMIUM_PATH'] ?? found ?? advice

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
