// Mutation score: Stryker changes the sources in small ways, and counts the changes that a test detects (docs/mutation.md).
//   node mutation/run.mjs domain | sdk [words of paths]
// All mutants take over an hour, so a sample is drawn: MUTATION_SHARE (0 to 1) and MUTATION_SEED. With MUTATION_DOC=1 the
// result is written into the page.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const LEAST = { domain: 90, sdk: 80 }
const PAGE = 'docs/mutation.md'

const [name, ...words] = process.argv.slice(2)
if (!Object.hasOwn(LEAST, name)) throw new Error(`name one of ${Object.keys(LEAST).join(', ')}`)
const share = process.env.MUTATION_SHARE ?? '0.1'
const seed = process.env.MUTATION_SEED ?? String(Math.floor(Math.random() * 2 ** 31))

install()
tryPlanted()
const mutants = runStryker(`packages/${name}`, { share, seed, words, stdio: 'inherit' })
const total = scoreOf(mutants)
const line = `${total.detected} of ${total.valid} detected, ${total.score.toFixed(1)} %${interval(total)}`
console.log(`mutation ${name}: ${line}; required ${LEAST[name]} %; share ${share}, seed ${seed}`)
if (process.env.MUTATION_DOC !== undefined) writePage()
process.exit(total.score >= LEAST[name] ? 0 : 1)

/** Stryker has a lock file of its own, so that a clone does not install it. */
function install() {
  if (existsSync('mutation/node_modules/.package-lock.json')) return
  const args = ['ci', '--prefix', 'mutation', '--prefer-offline', '--no-audit', '--no-fund']
  if (spawnSync('npm', args, { stdio: 'inherit' }).status !== 0) throw new Error('Stryker could not be installed')
}

/** A runner that loses its mutants calls all of them detected, or none. First a package whose result is known. */
function tryPlanted() {
  const mutantsOf = runStryker('mutation/planted', { share: '1', seed: '', words: [], stdio: 'pipe' })
  const counts = Object.entries(Object.groupBy(mutantsOf, ({ status }) => status)).map(
    ([status, those]) => `${those.length} ${status}`,
  )
  const found = counts.toSorted().join(', ')
  if (found !== '1 NoCoverage, 2 Survived, 6 Killed') throw new Error(`the planted mutants: ${found}`)
}

/** The mutants of the sample, without those that keep a module from loading. */
function runStryker(folder, { share: part, seed: start, words: paths, stdio }) {
  const env = {
    ...process.env,
    // Fewer cases of property tests, and the time zone that a test needs: a test in a thread cannot set it.
    LAWS_CASES: '2000',
    DROPS_RUNS: '30',
    TZ: 'America/New_York',
    MUTATION_FOLDER: folder,
    MUTATION_SHARE: part,
    MUTATION_SEED: start,
  }
  const files = paths.map((word) => `${folder}/src/**/*${word}*.ts`)
  const args = ['run', 'mutation/stryker.config.mjs', ...(files.length > 0 ? ['--mutate', files.join()] : [])]
  const stryker = 'mutation/node_modules/@stryker-mutator/core/bin/stryker.js'
  const { status, stdout } = spawnSync(process.execPath, [stryker, ...args], { env, encoding: 'utf8', stdio })
  if (status !== 0) throw new Error(`Stryker failed\n${stdout ?? ''}`)

  const report = JSON.parse(readFileSync(`.tmp/mutation/${folder}.json`, 'utf8'))
  return Object.entries(report.files)
    .flatMap(([file, { mutants: found }]) => found.map((mutant) => ({ ...mutant, file })))
    .filter(({ status: one }) => one !== 'CompileError' && one !== 'RuntimeError')
}

function scoreOf(some) {
  const detected = some.filter(({ status }) => status === 'Killed' || status === 'Timeout').length
  return { valid: some.length, detected, score: (detected / some.length) * 100 }
}

/** The interval that contains the score of all mutants in 95 of 100 samples (Wilson). */
function interval({ valid, score }) {
  if (Number(share) >= 1) return ''
  const [rate, z] = [score / 100, 1.96]
  const middle = (rate + z ** 2 / (2 * valid)) / (1 + z ** 2 / valid)
  const reach = (z / (1 + z ** 2 / valid)) * Math.sqrt((rate * (1 - rate)) / valid + z ** 2 / (4 * valid ** 2))
  return ` (95 %: ${((middle - reach) * 100).toFixed(1)} to ${((middle + reach) * 100).toFixed(1)})`
}

function writePage() {
  const files = Map.groupBy(mutants, ({ file }) => file.replace(`packages/${name}/src/`, ''))
  const rows = [...files].map(([file, those]) => [file, scoreOf(those)])
  const table = rows.map(
    ([file, { valid, detected, score }]) => `| ${file} | ${valid} | ${detected} | ${score.toFixed(0)} % |`,
  )
  const command = `MUTATION_SHARE=${share} MUTATION_SEED=${seed} npm run test:deep -- mutation-${name}`
  const section = [
    `${line}. \`${command}\``,
    ['| file | mutants | detected | score |', '|---|---|---|---|', ...table.toSorted()].join('\n'),
  ]

  const [before, rest] = readFileSync(PAGE, 'utf8').split(`<!-- ${name} -->`)
  const [, after] = rest.split(`<!-- /${name} -->`)
  writeFileSync(PAGE, `${before}<!-- ${name} -->\n\n${section.join('\n\n')}\n\n<!-- /${name} -->${after}`)
}
