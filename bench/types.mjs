import { execFileSync } from 'node:child_process'
import { globSync, mkdirSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const LIMIT = 0.5
const LIMIT_BYTES = 160_000
const RUNS = 7

/**
 * The memory and the time of the compiler for a program that calls every method, compared with a program that calls as many
 * methods of openai. Those for an empty program are subtracted: both programs need the libraries of JavaScript and of browsers.
 */
export function tableOfTypes() {
  linkPackages()
  const [empty, ours, openai] = ['empty', 'ours', 'openai'].map(measure)
  const own = ({ memory, seconds }) => ({ memory: memory - empty.memory, seconds: seconds - empty.seconds })
  const ratio = (key) => own(ours)[key] / own(openai)[key]
  const row = (name, key, digits, unit) =>
    `| ${name} | ${[ours, openai].map((program) => `${own(program)[key].toFixed(digits)} ${unit}`).join(' | ')} | ${ratio(key).toFixed(2)} | ${LIMIT}, ${verdict(ratio(key), LIMIT)} |`
  const bytes = bytesOfDeclarations()

  return [
    '## Types',
    '',
    `The compiler for a program that calls every method, and for one with as many methods of openai, without what an empty program`,
    `needs (${empty.memory.toFixed(0)} MB, ${empty.seconds.toFixed(2)} s). The memory is that of TypeScript ${version()}; the time is the fastest of ${RUNS} runs.`,
    '',
    '| | ours | openai | ratio | limit |',
    '|---|---|---|---|---|',
    row('memory', 'memory', 1, 'MB'),
    row('time', 'seconds', 2, 's'),
    '',
    `The declarations of the SDK and the domain have ${(bytes / 1000).toFixed(0)} kB. Limit: ${LIMIT_BYTES / 1000} kB, ${verdict(bytes, LIMIT_BYTES)}.`,
  ].join('\n')
}

const FOLDER = new URL('types/', import.meta.url)
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const TSC = `${ROOT}/node_modules/.bin/tsc`

const OPTIONS =
  '--noEmit --ignoreConfig --strict --skipLibCheck --target es2023 --lib es2023,dom,dom.iterable --module nodenext --extendedDiagnostics'

function measure(name) {
  const runs = Array.from({ length: RUNS }, () => {
    const args = [...OPTIONS.split(' '), '--types', '', `${name}.ts`]
    const output = execFileSync(TSC, args, { cwd: FOLDER, encoding: 'utf8' })
    const figure = (label) => Number(new RegExp(`^${label}:\\s+([\\d.]+)`, 'm').exec(output)?.[1])
    return { memory: figure('Memory used') / 1000, seconds: figure('Total time') }
  })
  return {
    memory: Math.min(...runs.map(({ memory }) => memory)),
    seconds: Math.min(...runs.map(({ seconds }) => seconds)),
  }
}

/** The programs import our packages as consumers do. */
function linkPackages() {
  const scope = new URL('node_modules/@ai-ticket-creator/', import.meta.url)
  mkdirSync(scope, { recursive: true })
  for (const name of ['sdk', 'domain']) {
    rmSync(new URL(name, scope), { force: true })
    symlinkSync(`${ROOT}/packages/${name}`, fileURLToPath(new URL(name, scope)))
  }
}

const bytesOfDeclarations = () =>
  globSync('packages/{sdk,domain}/dist/**/*.d.ts', { cwd: ROOT }).reduce(
    (sum, file) => sum + statSync(`${ROOT}/${file}`).size,
    0,
  )

const version = () => /[\d.]+/.exec(execFileSync(TSC, ['--version'], { encoding: 'utf8' }))?.[0]
const verdict = (value, limit) => (value <= limit ? 'met' : 'exceeded')
