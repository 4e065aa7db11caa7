// Mutation score: Stryker changes the sources in small ways, and counts the changes that some test notices.
//   node scripts/mutation.mjs domain | sdk [words of paths …]
// All mutants would take over an hour, so a sample is drawn: MUTATION_SHARE (0 to 1), MUTATION_SEED. MUTATION_DOC=1
// writes the result into docs/mutation.md.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const LEAST = { domain: 90, sdk: 80 }
const FILE = 'docs/mutation.md'
const STRYKER = 'mutation/node_modules/@stryker-mutator/core/bin/stryker.js'
// Tests that draw many cases draw few; what those do not notice counts as not noticed. The tests run in threads, where a
// test can not set the time zone, so all have the one that a test wants.
const settings = { LAWS_CASES: '2000', DROPS_RUNS: '30', TZ: 'America/New_York' }

const [name, ...words] = process.argv.slice(2)
const least = LEAST[name]
if (least === undefined) throw new Error(`say ${Object.keys(LEAST).join(' or ')}`)
const share = process.env.MUTATION_SHARE ?? '0.1'
const seed = process.env.MUTATION_SEED ?? String(Math.floor(Math.random() * 2 ** 31))

install()
tryPlanted()

const start = performance.now()
const mutants = mutantsOf(`packages/${name}`, { share, seed, words, stdio: 'inherit' })
const minutes = ((performance.now() - start) / 60_000).toFixed(1)
const total = count(mutants)
const table = rowsOf(mutants)

for (const row of table) console.log(row)
if (process.env.MUTATION_DOC !== undefined) write()
console.log(
  `mutation ${name}: ${said(total)}, at least ${least} % wanted; share ${share}, seed ${seed}, ${minutes} min`,
)
process.exit(total.tried > 0 && total.score >= least ? 0 : 1)

/** Stryker has a lock file of its own, so that nobody waits for it who does not use it. */
function install() {
  const installed = 'mutation/node_modules/.package-lock.json'
  if (existsSync(installed)) return
  const { status } = spawnSync('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], {
    cwd: 'mutation',
    stdio: 'inherit',
  })
  if (status !== 0) throw new Error('Stryker could not be installed')
}

/** A runner that loses its mutants calls all of them noticed, or none: first the planted ones, whose fate is known. */
function tryPlanted() {
  const fates = mutantsOf('mutation/planted', { share: '1', seed: '', words: [], stdio: 'pipe' })
    .map(({ mutatorName, replacement, status }) => `${mutatorName} ${replacement}: ${status}`)
    .toSorted()
  const expected = [
    'ArithmeticOperator count - count: Killed',
    'ArrowFunction () => undefined: Killed',
    'ArrowFunction () => undefined: Killed',
    'ArrowFunction () => undefined: Survived',
    'ConditionalExpression false: Killed',
    'ConditionalExpression true: Killed',
    'EqualityOperator count < 10: Killed',
    'EqualityOperator count > 10: Survived',
    'UnaryOperator +count: NoCoverage',
  ]
  if (fates.join('\n') !== expected.join('\n')) throw new Error(`planted mutants fared otherwise:\n${fates.join('\n')}`)
}

/** The mutants of a folder that were in the sample; Stryker counts none that keep a module from loading. */
function mutantsOf(folder, { share, seed, words, stdio }) {
  const env = { ...process.env, ...settings, MUTATION_FOLDER: folder, MUTATION_SHARE: share, MUTATION_SEED: seed }
  const args = [
    'run',
    'mutation/stryker.config.mjs',
    ...(words.length > 0 ? ['--mutate', words.map(inFolder).join()] : []),
  ]
  const { status, stdout } = spawnSync(process.execPath, [STRYKER, ...args], { env, encoding: 'utf8', stdio })
  if (status !== 0) throw new Error(`Stryker gave up\n${stdout ?? ''}`)

  const { files } = JSON.parse(readFileSync(`.tmp/mutation/${folder}.json`, 'utf8'))
  return Object.entries(files)
    .flatMap(([file, { mutants }]) => mutants.map((mutant) => ({ ...mutant, file })))
    .filter(({ status }) => status !== 'CompileError' && status !== 'RuntimeError')

  function inFolder(word) {
    return `${folder}/src/**/*${word}*.ts`
  }
}

function isNoticed({ status }) {
  return status === 'Killed' || status === 'Timeout'
}

/** With the interval that holds the score of all mutants in 95 of 100 samples (Wilson). */
function count(mutants) {
  const tried = mutants.length
  const noticed = mutants.filter(isNoticed).length
  const late = mutants.filter(({ status }) => status === 'Timeout').length
  const rate = noticed / tried
  const z = 1.96
  const middle = (rate + z ** 2 / (2 * tried)) / (1 + z ** 2 / tried)
  const reach = (z / (1 + z ** 2 / tried)) * Math.sqrt((rate * (1 - rate)) / tried + z ** 2 / (4 * tried ** 2))
  return { tried, noticed, late, score: rate * 100, low: (middle - reach) * 100, high: (middle + reach) * 100 }
}

function said({ tried, noticed, score, low, high, late }) {
  const interval = Number(share) < 1 ? ` (95 %: ${low.toFixed(1)} to ${high.toFixed(1)})` : ''
  return `${noticed} of ${tried} noticed (${late} of them as they ran on), ${score.toFixed(1)} %${interval}`
}

function rowsOf(mutants) {
  const files = Map.groupBy(mutants, ({ file }) => file.replace(`packages/${name}/src/`, ''))
  const rows = [...files]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([file, those]) => [file, count(those)])
    .map(([file, { tried, noticed, score }]) => `| ${file} | ${tried} | ${noticed} | ${score.toFixed(0)} % |`)
  return ['| file | tried | noticed | score |', '|---|---|---|---|', ...rows]
}

function write() {
  const [opening, closing] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const page = readFileSync(FILE, 'utf8')
  const [before, rest] = page.split(opening)
  const [, after] = rest.split(closing)
  const command = `MUTATION_SHARE=${share} MUTATION_SEED=${seed} npm run test:deep -- mutation-${name}`
  const text = ['', `${said(total)}. \`${command}\``, '', ...table, ''].join('\n')
  writeFileSync(FILE, `${before}${opening}\n${text}\n${closing}${after}`)
}
