import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

// A browser does not come from npm.
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const folders = (process.env['PATH'] ?? '').split(delimiter)
const found = folders.flatMap((folder) => names.map((name) => join(folder, name))).find((file) => existsSync(file))
// The error of a missing browser shows this path.
const advice = 'nowhere: install Chromium (Debian: apt-get install chromium), or set CHROMIUM_PATH to its file'

/** How tests start Chromium. In containers it runs as root. Its requests to its vendor are turned off. */
export const launchOptions = {
  executablePath: process.env['CHROMIUM_PATH'] ?? found ?? advice,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
}
