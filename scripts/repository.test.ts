import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

interface Manifest {
  readonly name: string
  readonly version?: string
  readonly private?: boolean
  readonly license?: string
  readonly description?: string
  readonly keywords?: readonly string[]
  readonly engines?: object
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const files = run('git', 'ls-files', '--cached', '--others', '--exclude-standard').split('\n').filter(existsSync)
const manifestFiles = files.filter((file) => file.endsWith('package.json'))
const published = manifestFiles.map(readManifest).filter((manifest) => manifest.private !== true)

test('exactly these packages are published', () => {
  expect(published.map(({ name }) => name).toSorted()).toEqual([
    '@ai-ticket-creator/domain',
    '@ai-ticket-creator/migrate',
    '@ai-ticket-creator/reference-api',
    '@ai-ticket-creator/sdk',
    '@ai-ticket-creator/server',
    '@ai-ticket-creator/test-utils',
  ])
})

test.each(published)('$name has a description, keywords and engines, and the common version', (manifest) => {
  const { version, description, keywords, engines } = manifest

  expect(version).toBe(published[0]?.version)
  expect({ description, keywords, engines }).toEqual({
    description: expect.any(String),
    keywords: expect.any(Array),
    engines: { node: '>=22.12' },
  })
})

test.each(published)('$name says where its sources, its page and its issues are', (manifest) => {
  const folder = manifest.name.replace('@ai-ticket-creator/', 'packages/')
  const address = 'https://github.com/ai-ticket-creator/ai-ticket-creator'

  expect(manifest).toMatchObject({
    homepage: `${address}/tree/main/${folder}#readme`,
    bugs: `${address}/issues`,
    repository: { type: 'git', url: `git+${address}.git`, directory: folder },
  })
})

test('changesets give all published packages one version', () => {
  const { fixed } = readJson('.changeset/config.json') as { fixed: string[][] }

  expect(fixed.flat().toSorted()).toEqual(published.map(({ name }) => name).toSorted())
})

test.each(globSync('.changeset/*.md', { exclude: ['.changeset/README.md'] }))(
  '%s names published packages, the kind of release, and a sentence for users',
  (file) => {
    const [, header = '', sentence = ''] = readFileSync(file, 'utf8').split(/^---$/m)
    const bumps = Object.entries(parse(header) as Record<string, string>)

    expect(bumps.filter(([name]) => !published.some((manifest) => manifest.name === name))).toEqual([])
    expect(bumps.filter(([, bump]) => !['patch', 'minor', 'major'].includes(bump))).toEqual([])
    expect(sentence.trim()).not.toBe('')
  },
)

test.each(manifestFiles)('%s has the licence, and pins what it depends on', (file) => {
  const { license, dependencies, devDependencies, optionalDependencies } = readManifest(file)
  // A folder with its own lock file does not belong to the workspace, so it cannot use the catalog.
  const isPinned = existsSync(join(dirname(file), 'package-lock.json'))
    ? /^\d[\w.-]*$/
    : /^(?:catalog:(?:examples)?|workspace:\^)$/

  const ranges = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
  expect(license).toBe('MIT')
  expect(ranges.filter(([, range]) => !isPinned.test(range))).toEqual([])
})

test('the catalog has a range for what consumers install, and an exact version for everything else', () => {
  const { catalog } = parse(readFileSync('pnpm-workspace.yaml', 'utf8')) as { catalog: Record<string, string> }
  const manifests = manifestFiles.map(readManifest).filter((manifest) => manifest.private !== true)
  const shipped = new Set(manifests.flatMap(({ dependencies = {} }) => Object.keys(dependencies)))

  const wrong = Object.entries(catalog).filter(([name, range]) => range.startsWith('^') !== shipped.has(name))
  expect(wrong).toEqual([])
})

test('the lock file has hashes and no addresses', () => {
  const lockFile = readFileSync('pnpm-lock.yaml', 'utf8')

  expect(lockFile).toContain('integrity: sha512-')
  expect(lockFile).not.toMatch(/:\/\/|tarball:/)
})

test('no file contains a path of a machine or the address of a registry', () => {
  // A path with a single folder can equal a route of the API, so only longer paths are compared.
  const localTexts = [resolve('.'), homedir(), registryHost()].filter((text) => /.+[/.]./.test(text))
  const machine = /(?<![\w.:/])\/(?:home|Users|root|work)\/\w|[A-Z]:\\Users|file:\/\/\/(?:home|Users|root|work)\//

  const texts = files
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }))
    .filter(({ text }) => !text.includes('\0'))
  const found = texts.filter(
    ({ file, text }) =>
      machine.test(text) ||
      localTexts.some((one) => text.includes(one)) ||
      (file.endsWith('.npmrc') && /registry|_auth/.test(text)),
  )
  // Joined, so that this file does not contain such a path itself.
  expect(machine.test(['', 'home', 'me'].join('/'))).toBe(true)
  expect(found.map(({ file }) => file)).toEqual([])
})

test('every decision has a unique number', () => {
  const numbers = globSync('decisions/*.md').map((file) => /\d{4}(?=-)/.exec(file)?.[0])

  expect(new Set(numbers).size).toBe(numbers.length)
  expect(numbers).not.toContain(undefined)
})

test.each(published)('$name has tests and type tests', ({ name }) => {
  const folder = name.replace('@ai-ticket-creator/', 'packages/')

  expect(globSync(`${folder}/test/**/*.test.ts`)).not.toEqual([])
  expect(globSync(`${folder}/test/**/*.test-d.ts`)).not.toEqual([])
})

function readManifest(file: string): Manifest {
  // A package.json of this repository.
  return readJson(file) as Manifest
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}

function run(command: string, ...args: string[]): string {
  return spawnSync(command, args, { encoding: 'utf8' }).stdout.trim()
}

function registryHost(): string {
  const { hostname, host } = new URL(process.env['npm_config_registry'] ?? run('npm', 'config', 'get', 'registry'))
  return hostname === 'registry.npmjs.org' ? '' : host
}
