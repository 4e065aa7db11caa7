// Mutation score: the share of small source changes (mutants) that make a test fail. Stryker makes the changes. See
// docs/mutation.md.
//   node mutation/run.mjs domain | sdk [parts of paths]
// All mutants would take hours, so a random sample is tested: MUTATION_SHARE is its size (0 to 1), MUTATION_SEED its
// seed. MUTATION_DOC=1 writes the result into docs/mutation.md.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { readSeed, readShare } from '../vitest.sizes.ts'

const MINIMUM_SCORE = { domain: 90, sdk: 80 }
const DOC = 'docs/mutation.md'

const [name, ...pathParts] = process.argv.slice(2)
if (!Object.hasOwn(MINIMUM_SCORE, name))
  throw new Error(`the first argument must be one of ${Object.keys(MINIMUM_SCORE).join(', ')}`)
const share = readShare('MUTATION_SHARE', 0.1)
const seed = readSeed('MUTATION_SEED', Math.floor(Math.random() * 2 ** 31))

install()
checkPlantedMutants()
const mutants = runStryker(`packages/${name}`, { share, seed, pathParts, stdio: 'inherit' })
const total = scoreOf(mutants)
const line = `${total.killed} of ${total.valid} killed, ${total.score.toFixed(1)} %${interval(total)}`
console.log(`mutation ${name}: ${line}; required ${MINIMUM_SCORE[name]} %; share ${share}, seed ${seed}`)
if (process.env.MUTATION_DOC !== undefined) writeDoc()
process.exit(total.score >= MINIMUM_SCORE[name] ? 0 : 1)

/** Installs Stryker. It has its own lock file, so that other tasks do not wait for its installation. */
function install() {
  if (existsSync('mutation/node_modules/.package-lock.json')) return
  const args = ['ci', '--prefix', 'mutation', '--prefer-offline', '--no-audit', '--no-fund']
  if (spawnSync('npm', args, { stdio: 'inherit' }).status !== 0) throw new Error('Stryker could not be installed')
}

/**
 * Checks the setup before the real run: if mutants are not applied correctly, Stryker reports all of them as killed, or none.
 * So it first tests planted mutants, whose results are known. Their tests are two files, because counters are reset for each file.
 */
function checkPlantedMutants() {
  const mutantsOf = runStryker('mutation/planted', { share: 1, seed: 0, pathParts: [], stdio: 'pipe' })
  const counts = Object.entries(Object.groupBy(mutantsOf, ({ status }) => status)).map(
    ([status, group]) => `${group.length} ${status}`,
  )
  const found = counts.toSorted().join(', ')
  if (found !== '1 NoCoverage, 2 Survived, 6 Killed') throw new Error(`wrong results of the planted mutants: ${found}`)
}

/** The sampled mutants of a folder, without those that do not compile or that stop a module from loading. */
function runStryker(folder, { share: sampleSize, seed: sampleSeed, pathParts: parts, stdio }) {
  const env = {
    ...process.env,
    // Randomized tests run with few cases here, to save time. A mutant that only more cases would detect counts as survived.
    LAWS_CASES: '2000',
    DROPS_RUNS: '30',
    // The tests run in worker threads, where a test cannot set the time zone. So all tests run in the time zone that one of
    // them needs.
    TZ: 'America/New_York',
    MUTATION_FOLDER: folder,
    MUTATION_SHARE: String(sampleSize),
    MUTATION_SEED: String(sampleSeed),
  }
  const files = parts.map((part) => `${folder}/src/**/*${part}*.ts`)
  const args = ['run', 'mutation/stryker.config.mjs', ...(files.length > 0 ? ['--mutate', files.join()] : [])]
  const stryker = 'mutation/node_modules/@stryker-mutator/core/bin/stryker.js'
  const { status, stdout } = spawnSync(process.execPath, [stryker, ...args], { env, encoding: 'utf8', stdio })
  if (status !== 0) throw new Error(`Stryker failed\n${stdout ?? ''}`)

  const report = JSON.parse(readFileSync(`.tmp/mutation/${folder}.json`, 'utf8'))
  return Object.entries(report.files)
    .flatMap(([file, { mutants: found }]) => found.map((mutant) => ({ ...mutant, file })))
    .filter((mutant) => mutant.status !== 'CompileError' && mutant.status !== 'RuntimeError')
}

function scoreOf(tested) {
  const killed = tested.filter(isKilled).length
  return { valid: tested.length, killed, score: (killed / tested.length) * 100 }
}

function isKilled({ status }) {
  return status === 'Killed' || status === 'Timeout'
}

/** The 95 % confidence interval of the score of all mutants (Wilson). */
function interval({ valid, score }) {
  if (share === 1) return ''
  const [rate, z] = [score / 100, 1.96]
  const middle = (rate + z ** 2 / (2 * valid)) / (1 + z ** 2 / valid)
  const halfWidth = (z / (1 + z ** 2 / valid)) * Math.sqrt((rate * (1 - rate)) / valid + z ** 2 / (4 * valid ** 2))
  return ` (95 %: ${((middle - halfWidth) * 100).toFixed(1)} to ${((middle + halfWidth) * 100).toFixed(1)})`
}

function writeDoc() {
  const files = Map.groupBy(mutants, ({ file }) => file.replace(`packages/${name}/src/`, ''))
  const rows = [...files].map(([file, group]) => [file, scoreOf(group)])
  const table = rows.map(
    ([file, { valid, killed, score }]) => `| ${file} | ${valid} | ${killed} | ${score.toFixed(0)} % |`,
  )
  const command = `MUTATION_SHARE=${share} MUTATION_SEED=${seed} npm run test:deep -- mutation-${name}`
  const section = [
    `${line}. \`${command}\``,
    ['| file | mutants | killed | score |', '|---|---|---|---|', ...table.toSorted()].join('\n'),
  ]

  const [before, rest] = readFileSync(DOC, 'utf8').split(`<!-- ${name} -->`)
  const [, after] = rest.split(`<!-- /${name} -->`)
  writeFileSync(DOC, `${before}<!-- ${name} -->\n\n${section.join('\n\n')}\n\n<!-- /${name} -->${after}`)
}
