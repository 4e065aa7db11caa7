// Why this exists: defects that a person thinks of are those that a person looks for. These come from Stryker's operators
// over the app's own code, a seeded sample spread over its files.
//   npm run mutants:draw
import { spawnSync } from 'node:child_process'
import { globSync, writeFileSync } from 'node:fs'
import { matchesGlob } from 'node:path'
import { Instrumenter } from '@stryker-mutator/instrumenter'
import { createRandom } from '../../src/core/random.ts'
import { applyTo, type Drawn, LIST, ROOT, readSource } from './frozen.ts'

const SEED = 20260906
const SIZE = 72

// What a reply is made of: the app, and the parts of the domain that it relies on.
const SOURCES = ['packages/reference-api/src/**/*.ts', 'packages/domain/src/**/*.ts']

// Not what the reference app says: exports and types, its defaults for tests, the ages of the existing backend, who waits
// for whom inside one process, documents, and what only a client runs.
const PASSED_OVER = [
  'packages/*/src/{index,openapi,deprecations,check-reply}.ts',
  'packages/domain/src/openapi/*.ts',
  'packages/domain/src/versioning/changes/legacy-types.ts',
  'packages/reference-api/src/{app,defaults,due-checks,turns}.ts',
  'packages/reference-api/src/profiles/*.ts',
  '**/*.test.ts',
]

const random = createRandom(SEED, 1)
const byFile = new Map<string, Candidate[]>()
for (const candidate of await candidates()) {
  const known = byFile.get(candidate.file) ?? []
  byFile.set(candidate.file, [...known, candidate])
}
const piles = shuffled([...byFile.values()].map(shuffled))
const drawn = draw()
writeFileSync(LIST, `${JSON.stringify({ seed: SEED, mutants: drawn }, undefined, 2)}\n`)
console.log(`${drawn.length} mutants in ${byFile.size} files, seed ${SEED}`)

type Candidate = Omit<Drawn, 'id'>

async function candidates(): Promise<Candidate[]> {
  const names = globSync(SOURCES, { cwd: ROOT })
    .filter((file) => !PASSED_OVER.some((pattern) => matchesGlob(file, pattern)))
    .toSorted()
  const silent = { trace() {}, debug() {}, info() {}, warn() {}, error: console.error, fatal: console.error }
  const asked = { isTraceEnabled: no, isDebugEnabled: no, isInfoEnabled: no, isWarnEnabled: no }
  const instrumenter = new Instrumenter({ ...silent, ...asked, isErrorEnabled: no, isFatalEnabled: no })
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
    return isFair(candidate) && applies(source, candidate) ? [candidate] : []
  })
}

function no(): false {
  return false
}

/** Sentences are for people: the contract promises codes. A loop without end has no reply. */
function isFair({ operator, line, before }: Candidate): boolean {
  return !(operator === 'StringLiteral' && /\s/.test(before.trim())) && !/^(?:for|while) /.test(line)
}

function applies(source: string, candidate: Candidate): boolean {
  try {
    return applyTo(source, { ...candidate, id: '' }) !== source
  } catch {
    return false
  }
}

/** One from each file in turn; one that does not even load is no API, and the next takes its place. */
function draw(): Drawn[] {
  const list: Drawn[] = []
  while (list.length < SIZE && piles.some((pile) => pile.length > 0)) {
    for (const pile of piles) {
      const candidate = pile.pop()
      if (candidate === undefined || list.length === SIZE) continue
      const next = { id: `m${String(list.length + 1).padStart(2, '0')}`, ...candidate }
      if (loads(next)) list.push(next)
    }
  }
  return list
}

/** In a process of its own: some defects are loops without end. */
function loads(mutant: Drawn): boolean {
  const probe = `${import.meta.dirname}/probe.ts`
  const node = ['--conditions=@ai-ticket-creator/source', probe, JSON.stringify(mutant)]
  return spawnSync(process.execPath, node, { timeout: 10_000 }).status === 0
}

function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((item) => ({ item, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item)
}
