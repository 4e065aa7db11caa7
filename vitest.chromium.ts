import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

// npm installs no browser, so the tests use one that is on the PATH.
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const folders = (process.env['PATH'] ?? '').split(delimiter)
const found = folders.flatMap((folder) => names.map((name) => join(folder, name))).find((file) => existsSync(file))
// The path if no browser is found: the error when it starts shows this advice.
const advice = 'nowhere: install Chromium (Debian: apt-get install chromium), or set CHROMIUM_PATH to its file'

/** How tests start Chromium. In containers it runs as root, which needs `--no-sandbox`. Requests to its vendor are turned off. */
export const launchOptions = {
  executablePath: process.env['CHROMIUM_PATH'] ?? found ?? advice,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
}
