import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { parse } from 'yaml'

/** A folder outside of this repository with the packed tarballs. Some mistakes appear only outside of a workspace. */
export interface Outside extends Disposable {
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly run: (command: string, args: readonly string[], more?: Readonly<Record<string, string>>) => Promise<Result>
}

interface Result {
  readonly code: unknown
  readonly output: string
}

// The form of pnpm-workspace.yaml.
const { catalog } = parse(readFileSync('pnpm-workspace.yaml', 'utf8')) as { catalog: Readonly<Record<string, string>> }

/** A package with the version that this repository is tested with, such as `msw@3.0.0`. */
export function pinned(name: string): string {
  const version = catalog[name]
  if (version === undefined) throw new Error(`${name} is not in the catalog`)
  return `${name}@${version}`
}

/** Installs the tarballs and some packages with plain npm. */
export async function createOutside(...packages: readonly string[]): Promise<Outside> {
  const folder = mkdtempSync(join(tmpdir(), 'consumer-'))
  const home = mkdtempSync(join(tmpdir(), 'consumer-home-'))
  const tarballs = globSync('.tmp/packs/*.tgz').map((file) => resolve(file))
  const env = environmentOf(home)
  const outside: Outside = {
    folder,
    env,
    run: (command, args, more = {}) => runIn(folder, { ...env, ...more }, command, args),
    [Symbol.dispose]: () => {
      for (const one of [folder, home]) rmSync(one, { recursive: true, force: true })
    },
  }

  writeFileSync(join(folder, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }\n')
  const { code, output } = await outside.run('npm', ['install', '-D', ...tarballs, ...packages])
  if (code !== 0) throw new Error(output)
  return outside
}

/** The environment of a new user: an empty home folder, and only the settings for network and registry of this process. */
function environmentOf(home: string): Outside['env'] {
  const { PATH = '', NPM_CONFIG_USERCONFIG: settings = join(homedir(), '.npmrc') } = process.env
  const network = Object.entries(process.env).filter(([name]) =>
    /^(?:NODE_EXTRA_CA_CERTS|SSL_CERT_(?:FILE|DIR)|(?:https?|no)_proxy|npm_config_registry)$/i.test(name),
  )
  return {
    ...Object.fromEntries(network),
    NPM_CONFIG_USERCONFIG: settings,
    PATH: [dirname(process.execPath), ...PATH.split(':').filter((one) => !one.includes('node_modules'))].join(':'),
    HOME: home,
    NO_COLOR: '1',
    CI: 'true',
  }
}

async function runIn(cwd: string, env: Outside['env'], command: string, args: readonly string[]): Promise<Result> {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data))
  const [code] = await once(child, 'close')
  return { code, output: stripVTControlCharacters(output) }
}
