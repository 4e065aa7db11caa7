// What a machine leaves in a repository and the next one trips over: addresses of its package registry, paths of its
// disk, versions that are not pinned. And what a release needs: changesets that name real packages, a licence everywhere.
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { resolve } from 'node:path'

const complaints = []
const expect = (ok, complaint) => ok || complaints.push(complaint)
const run = (command, ...args) => spawnSync(command, args, { encoding: 'utf8' }).stdout.trim()

const files = run('git', 'ls-files', '--cached', '--others', '--exclude-standard').split('\n')
const texts = files.flatMap((file) => readText(file))
const manifests = texts
  .filter(({ file }) => file.endsWith('package.json'))
  .map(({ file, text }) => ({ ...JSON.parse(text), ownLock: files.includes(file.replace(/\.json$/, '-lock.json')) }))
const published = manifests.filter((manifest) => manifest.private !== true)
expect(texts.length > 50 && published.length >= 3, `only ${texts.length} files found, so little was checked`)

// A folder right below the root may be called like a route of ours, so only longer paths count.
const here = [resolve('.'), homedir(), registryHost()].filter((word) => /.+[/.]./.test(word))
const elsewhere = /(?<![\w.:/])\/(?:home|Users|root|work)\/\w|[A-Z]:\\Users|file:\/\/\//
expect(elsewhere.test(['', 'home', 'me'].join('/')), 'hygiene.mjs does not see a home folder')
for (const { file, text } of texts) {
  for (const word of here) expect(!text.includes(word), `${file} names this machine: ${word}`)
  expect(!elsewhere.test(text), `${file} has an absolute path: ${elsewhere.exec(text)?.[0]}`)
}

const lockfile = readFileSync('pnpm-lock.yaml', 'utf8')
expect(lockfile.includes('integrity: sha512-'), 'pnpm-lock.yaml has no hashes')
expect(
  !/:\/\/|tarball:/.test(lockfile),
  'pnpm-lock.yaml holds an address: a registry other than the public one wrote it',
)
for (const { file, text } of texts.filter((one) => one.file.endsWith('.npmrc')))
  expect(!/registry|_auth|:\/\//i.test(text), `${file} names a registry`)

for (const { name, license, ownLock, dependencies, devDependencies, optionalDependencies } of manifests) {
  expect(license === 'MIT', `${name}: license must be MIT`)
  for (const [dependency, range] of Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }))
    expect(
      (ownLock ? /^\d[\w.-]*$/ : /^(catalog:|workspace:\^)$/).test(range),
      `${name}: ${dependency} must ${ownLock ? 'be pinned' : 'come from the catalog'}, not ${range}`,
    )
}
// Consumers install these; an exact version here would give them a second copy. All else is pinned.
const carets = ['commander', 'fast-check', 'fast-xml-builder', 'hono', 'zod']
for (const [, name, range] of readFileSync('pnpm-workspace.yaml', 'utf8').matchAll(
  /^ {2}'?([@\w./-]+)'?: (\S*\d\S*)$/gm,
))
  expect(
    range.startsWith('^') === carets.includes(name),
    `pnpm-workspace.yaml: ${name} ${range} (caret only for ${carets})`,
  )

// Two who write a decision at the same time take the same number.
const decisions = globSync('decisions/*.md').map((file) => [file, /\d{4}(?=-)/.exec(file)?.[0]])
for (const [file, number] of decisions)
  expect(
    decisions.filter((one) => one[1] === number).length === 1,
    `${file}: another decision has this number, or it has none`,
  )

const names = new Set(published.map(({ name }) => name))
expect(new Set(published.map(({ version }) => version)).size === 1, 'the published packages differ in version')
for (const file of globSync('.changeset/*.md', { exclude: ['.changeset/README.md'] })) {
  const [, header = '', sentence = ''] = readFileSync(file, 'utf8').split(/^---$/m)
  for (const [, name, bump] of header.matchAll(/^['"]?([^'":]+)['"]?: *(\S+)$/gm)) {
    expect(names.has(name), `${file}: ${name} is not a published package`)
    expect(['patch', 'minor', 'major'].includes(bump), `${file}: ${bump} is not a kind of release`)
  }
  expect(sentence.trim() !== '', `${file}: a sentence for users is missing`)
}

for (const complaint of complaints) console.error(`FAILED ${complaint}`)
console.log(
  `${texts.length} files, ${manifests.length} manifests, ${lockfile.split('\n').length} lines of lockfile: ${complaints.length} complaints`,
)
process.exit(complaints.length === 0 ? 0 : 1)

function readText(file) {
  if (!existsSync(file)) return []
  const text = readFileSync(file, 'utf8')
  return text.includes('\0') ? [] : [{ file, text }]
}

function registryHost() {
  const registry = new URL(process.env.npm_config_registry ?? run('npm', 'config', 'get', 'registry'))
  return registry.hostname === 'registry.npmjs.org' ? '' : registry.host
}
