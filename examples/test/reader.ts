import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Reader } from './terminal.ts'

const SOURCE = '@ai-ticket-creator/source'
const EXCLUDED = ['README.md', 'migration.diff', 'package.json', 'node_modules']

/** Creates the folder of a reader who follows a guide: the files of the guide and its dependencies, ours from the sources. */
export function createReader(guide: string): Reader {
  mkdirSync('.tmp/readers', { recursive: true })
  const folder = mkdtempSync(resolve('.tmp/readers', `${basename(guide)}-`))
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })

  copyFiles(guide, folder)
  const conditions = [SOURCE, 'module', 'node', 'development|production']
  writeFileSync(
    join(folder, 'vitest.config.js'),
    `export default { ssr: { resolve: { conditions: ${JSON.stringify(conditions)} } } }\n`,
  )
  for (const name of dependenciesOf(guide)) install(name, join(guide, 'node_modules', name), folder)

  // Only these variables, because the others contain settings of pnpm that a reader does not have.
  const { PATH, HOME } = process.env
  const cache = { NODE_COMPILE_CACHE: resolve('.tmp/compile-cache') }
  return { folder, env: { PATH, HOME, ...cache, NO_COLOR: '1', CI: 'true', NODE_OPTIONS: `--conditions=${SOURCE}` } }
}

/** Copies the files of a guide that a reader copies, into a new package. */
export function copyFiles(guide: string, folder: string): void {
  writeFileSync(join(folder, 'package.json'), '{ "name": "reader", "private": true, "type": "module" }\n')
  for (const file of readdirSync(guide).filter((one) => !EXCLUDED.includes(one)))
    cpSync(join(guide, file), join(folder, file))
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly bin?: string | Readonly<Record<string, string>>
}

// A package.json of this workspace or of an installed package has this form.
const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest

const dependenciesOf = (guide: string): string[] =>
  existsSync(join(guide, 'package.json')) ? Object.keys(readManifest(guide).dependencies ?? {}) : []

function install(name: string, from: string, folder: string): void {
  const target = realpathSync(from)
  const link = join(folder, 'node_modules', name)
  mkdirSync(dirname(link), { recursive: true })
  symlinkSync(target, link)

  const { bin = {} } = readManifest(target)
  for (const [command, file] of Object.entries(typeof bin === 'string' ? { [basename(name)]: bin } : bin)) {
    const built = join(target, file)
    const program = name.startsWith('@ai-ticket-creator/')
      ? built.replace('/dist/', '/src/').replace(/js$/, 'ts')
      : built
    const script = `#!/bin/sh\nexec node '${program}' "$@"\n`
    writeFileSync(join(folder, 'node_modules/.bin', command), script, { mode: 0o755 })
  }
}
