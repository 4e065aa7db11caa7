// Why this exists: defects that a person thinks of are those that a person also tests. This draws a seeded sample of the
// mutants that the operators of Stryker make from the code of the app, spread over its files.
//   node scripts/dev.mjs run mutants:draw
import { spawnSync } from 'node:child_process'
import { globSync, writeFileSync } from 'node:fs'
import { matchesGlob } from 'node:path'
import { Instrumenter } from '@stryker-mutator/instrumenter'
import { createRandom } from '../../src/core/random.ts'
import { applyTo, type FrozenMutant, LIST, ROOT, readSource } from './frozen.ts'

const SEED = 20260906
const SIZE = 72

// The app, and the domain that it uses.
const SOURCES = ['packages/reference-api/src/**/*.ts', 'packages/domain/src/**/*.ts']

// Exports, types, documents, code that only clients run, default ports, profiles, and concurrency within a process.
const EXCLUDED = [
  'packages/*/src/{index,openapi,app-options}.ts',
  'packages/domain/src/{internal,openapi}/*.ts',
  'packages/domain/src/versioning/changes/legacy-types.ts',
  'packages/reference-api/src/app.ts',
  'packages/reference-api/src/ports/defaults.ts',
  'packages/reference-api/src/services/due-checks.ts',
  'packages/reference-api/src/http/keyed-mutex.ts',
  'packages/reference-api/src/profiles/**/*.ts',
  '**/*.test.ts',
]

type Candidate = Omit<FrozenMutant, 'id'>

const random = createRandom(SEED, 1)
const byFile = Map.groupBy(await candidates(), ({ file }) => file)
const queues = shuffled([...byFile.values()].map(shuffled))
const drawn = draw()
writeFileSync(LIST, `${JSON.stringify({ seed: SEED, mutants: drawn }, undefined, 2)}\n`)
console.log(`${drawn.length} mutants in ${byFile.size} files, seed ${SEED}`)

async function candidates(): Promise<readonly Candidate[]> {
  const names = globSync(SOURCES, { cwd: ROOT })
    .filter((file) => !EXCLUDED.some((pattern) => matchesGlob(file, pattern)))
    .toSorted()
  const silent = { trace() {}, debug() {}, info() {}, warn() {}, error: console.error, fatal: console.error }
  const levels = { isTraceEnabled: no, isDebugEnabled: no, isInfoEnabled: no, isWarnEnabled: no }
  const instrumenter = new Instrumenter({ ...silent, ...levels, isErrorEnabled: no, isFatalEnabled: no })
  const files = names.map((name) => ({ name, mutate: true, content: readSource(name) }))
  const { mutants } = await instrumenter.instrument(files, {
    excludedMutations: [],
    ignorers: [],
    plugins: null,
    noHeader: true,
  })
  return mutants.flatMap(({ fileName, mutatorName, replacement, location }) => {
    const source = readSource(fileName)
    const lines = source.split('\n')
    const offsetOf = ({ line, column }: { line: number; column: number }) =>
      lines.slice(0, line).reduce((sum, text) => sum + text.length + 1, 0) + column
    const text = lines[location.start.line] ?? ''
    const candidate = {
      file: fileName,
      operator: mutatorName,
      line: text.trim(),
      column: location.start.column - text.indexOf(text.trim()),
      before: source.slice(offsetOf(location.start), offsetOf(location.end)),
      after: replacement,
    }
    return isObservable(candidate) && applies(source, candidate) ? [candidate] : []
  })
}

function no(): false {
  return false
}

// The contract does not restrict messages, and an endless loop sends no reply.
function isObservable({ operator, line, before }: Candidate): boolean {
  return !(operator === 'StringLiteral' && /\s/.test(before.trim())) && !/^(?:for|while) /.test(line)
}

function applies(source: string, candidate: Candidate): boolean {
  try {
    return applyTo(source, { ...candidate, id: '' }) !== source
  } catch {
    return false
  }
}

/** Draws from each file in turn. A mutant that does not load is replaced by the next one of its file. */
function draw(): readonly FrozenMutant[] {
  const list: FrozenMutant[] = []
  while (list.length < SIZE && queues.some((queue) => queue.length > 0)) {
    for (const queue of queues) {
      const candidate = queue.pop()
      if (candidate === undefined || list.length === SIZE) continue
      const mutant = { id: `m${String(list.length + 1).padStart(2, '0')}`, ...candidate }
      if (loads(mutant)) list.push(mutant)
    }
  }
  return list
}

/** In another process, because a mutant may be an endless loop. */
function loads(mutant: FrozenMutant): boolean {
  const probe = `${import.meta.dirname}/probe.ts`
  const args = ['--conditions=@ai-ticket-creator/source', probe, JSON.stringify(mutant)]
  return spawnSync(process.execPath, args, { timeout: 10_000 }).status === 0
}

function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((item) => ({ item, rank: random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}
