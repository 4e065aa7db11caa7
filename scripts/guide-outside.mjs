// The guide for pipelines promises a team fifteen minutes. It is followed to the letter in an empty folder outside, with an
// empty home: what it has installed is the packed tarballs, with plain npm; its files are copied, and all that is typed in
// it has to print what it shows.
//   node scripts/guide-outside.mjs           after package:check; downloads what the guide installs, so not part of npm test
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { readGuide } from './guides/read.mjs'
import { filesOf } from './guides/reader.mjs'
import { wrongSession } from './guides/session.mjs'

const guide = 'examples/08-contract-in-ci'
const { consoles, commands } = readGuide(guide)
const folder = mkdtempSync(join(tmpdir(), 'guide-'))
const env = readerEnv()
const tarballs = globSync('.tmp/packs/*.tgz').map((file) => resolve(file))
if (tarballs.length < 4) throw new Error('fewer than 4 tarballs in .tmp/packs: run package:check first')

writeFileSync(join(folder, 'package.json'), '{ "name": "reader", "private": true, "type": "module" }\n')
for (const file of filesOf(guide)) cpSync(join(guide, file), join(folder, file))

const start = performance.now()
const complaints = [
  ...installs(),
  ...(await wrongSession(consoles, { folder, env })).map(({ line, says }) => `:${line} ${says}`),
]
for (const complaint of complaints) console.error(`FAILED ${guide}/README.md${complaint}`)
console.log(
  `${consoles.length} blocks of a terminal, outside, in ${((performance.now() - start) / 1000).toFixed(0)} s: ${complaints.length} complaints`,
)
if (process.env.KEEP === undefined) rmSync(folder, { recursive: true, force: true })
process.exit(complaints.length === 0 && consoles.length > 0 ? 0 : 1)

/** Every install of the guide, with our packages from where they were packed: all of them at once, as they need each other. */
function installs() {
  const lines = commands.flatMap(({ content }) => content.trim().split('\n')).filter((line) => line.startsWith('npm '))
  const args = lines.flatMap((line) => line.split(' ').slice(2))
  const theirs = args.filter((word) => !word.startsWith('-') && !word.startsWith('@ai-ticket-creator/')).map(pinned)
  const { status, stdout, stderr } = spawnSync('npm', ['install', '-D', ...tarballs, ...theirs], {
    cwd: folder,
    env,
    encoding: 'utf8',
  })
  if (lines.length === 0) return [' has no npm install']
  return status === 0 ? [] : [` npm install: ${stdout}${stderr}`]
}

/** The versions that this workspace is tried with. */
function pinned(name) {
  const version = new RegExp(`^  '?${name}'?: (\\S+)$`, 'm').exec(readFileSync('pnpm-workspace.yaml', 'utf8'))?.[1]
  if (version === undefined) throw new Error(`the guide installs ${name}, which is in no catalog`)
  return `${name}@${version}`
}

/** Nothing of whoever runs this but the way to the registry. */
function readerEnv() {
  const home = join(folder, '..', `${folder.split('/').at(-1)}-home`)
  mkdirSync(home)
  process.on('exit', () => rmSync(home, { recursive: true, force: true }))
  const npmrc = join(homedir(), '.npmrc')
  const ways = /^(?:NODE_EXTRA_CA_CERTS|SSL_CERT_(?:FILE|DIR)|(?:https?|no)_proxy)$/i
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => ways.test(name))),
    // What this workspace has installed is not the reader's.
    PATH: [
      dirname(process.execPath),
      ...process.env.PATH.split(':').filter((one) => !one.includes('node_modules')),
    ].join(':'),
    HOME: home,
    NO_COLOR: '1',
    CI: 'true',
    ...(existsSync(npmrc) && { NPM_CONFIG_USERCONFIG: npmrc }),
  }
}
