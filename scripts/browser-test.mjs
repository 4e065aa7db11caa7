// The mock in a true page: the sdk, MSW's service worker and a headless Chromium. A browser does not come from npm, so this
// is not part of npm test; without one it fails and says what to install.
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const chromium = process.env.CHROMIUM_PATH ?? onPath(names)

if (chromium === undefined || !isExecutable(chromium)) {
  console.error(
    `FAILED no Chromium ${chromium === undefined ? 'found' : `at ${chromium}`}: install one (Debian: apt-get install -y chromium), or set CHROMIUM_PATH to the file`,
  )
  process.exit(1)
}

const args = ['run', '--config', 'packages/test-utils/test/browser/vitest.config.ts']
const { status } = spawnSync('vitest', args, { stdio: 'inherit', env: { ...process.env, CHROMIUM_PATH: chromium } })
process.exit(status ?? 1)

function onPath(candidates) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return candidates.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
