// A reader's folder, made of a guide: its files, and what its package.json names as installed. Everything is read from the
// sources of this workspace, so that no build is needed.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

const notCopied = ['README.md', 'migration.diff', 'package.json', 'node_modules']

export const filesOf = (guide) => readdirSync(guide).filter((file) => !notCopied.includes(file))

export function readerOf(guide) {
  const folder = resolve('.tmp/readers', basename(guide))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })

  writeFileSync(join(folder, 'package.json'), '{ "name": "reader", "private": true, "type": "module" }\n')
  for (const file of filesOf(guide)) cpSync(join(guide, file), join(folder, file))
  writeFileSync(join(folder, 'vitest.config.js'), vitestConfig)
  for (const name of dependenciesOf(guide)) install(name, join(guide, 'node_modules', name), folder)

  const { PATH, HOME } = process.env
  // Not the whole environment: pnpm's settings are not the reader's.
  const cache = { NODE_COMPILE_CACHE: resolve('.tmp/compile-cache') }
  return { folder, env: { PATH, HOME, ...cache, NO_COLOR: '1', CI: 'true', NODE_OPTIONS: `--conditions=${source}` } }
}

const source = '@ai-ticket-creator/source'
const vitestConfig = `export default { ssr: { resolve: { conditions: ['${source}', 'module', 'node', 'development|production'] } } }\n`

const dependenciesOf = (guide) => {
  const file = join(guide, 'package.json')
  return existsSync(file) ? Object.keys(JSON.parse(readFileSync(file, 'utf8')).dependencies ?? {}) : []
}

function install(name, from, folder) {
  const target = realpathSync(from)
  const link = join(folder, 'node_modules', name)
  mkdirSync(dirname(link), { recursive: true })
  symlinkSync(target, link)

  const { bin = {} } = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8'))
  for (const [command, file] of Object.entries(typeof bin === 'string' ? { [basename(name)]: bin } : bin)) {
    const built = join(target, file)
    const program = name.startsWith('@ai-ticket-creator/')
      ? built.replace('/dist/', '/src/').replace(/js$/, 'ts')
      : built
    writeFileSync(join(folder, 'node_modules/.bin', command), `#!/bin/sh\nexec node '${program}' "$@"\n`, {
      mode: 0o755,
    })
  }
}
