// A guide that was true last year costs its reader a day. Each folder examples/NN-slug is one, and all that it claims is
// tried: both programs run against the reference API in the generations that its table names, every request in it is
// sent, the diff is remade, its words are held against the retired fields. And every retired field has a guide.
//   node scripts/examples.mjs [update] [part of a folder's name …]
// A planted guide with one mistake of each kind goes through the same check and must be refused for all of them.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { changes, GENERATIONS, upgrade } from '@ai-ticket-creator/domain'
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import { filled, listen } from './guide-backends.mjs'
import { guideFolders, readGuide } from './guides.mjs'
import { mistakes, plantGuide } from './planted-guide.mjs'

// Each program is run in every generation of the backend; in these it has to succeed. And what a service tells its client
// that the backend understands: of a transitional one, the old program says legacy, the new one current.
const programs = {
  'before.ts': {
    promised: ['legacy', 'transitional'],
    setting: { legacy: 'legacy', transitional: 'legacy', current: 'current' },
  },
  'after.ts': {
    promised: ['transitional', 'current'],
    setting: { legacy: 'legacy', transitional: 'current', current: 'current' },
  },
}

const words = process.argv.slice(2)
const updating = words[0] === 'update'
const parts = updating ? words.slice(1) : words
const folders = guideFolders().filter((folder) => parts.length === 0 || parts.some((part) => folder.includes(part)))

if (updating) for (const folder of folders) writeFileSync(join(folder, 'migration.diff'), diffOf(folder))

const guides = folders.map(readGuide)
const judged = await inTwoLanes(guides, judge)
const complaints = [
  ...judged.flat(),
  ...(parts.length === 0 ? unguided(guides) : []),
  ...deprecatedNames(guides),
  ...(await missedMistakes()),
]
if (guides.length === 0) complaints.push('examples: no guide found, so nothing was checked')

for (const complaint of complaints) console.error(`FAILED ${complaint}`)
const cells = guides.flatMap(({ outcomes }) => outcomes).length * GENERATIONS.length
console.log(
  `${guides.length} guides, ${cells} outcomes, ${mistakes.length} planted mistakes: ${complaints.length} complaints`,
)
process.exit(complaints.length === 0 ? 0 : 1)

async function judge(guide) {
  const found = [
    ...staleDiff(guide),
    ...guide.quotes.flatMap((quote) => foreignLines(guide, quote)),
    ...guide.words.flatMap(wrongWord),
    ...guide.values.flatMap(wrongValue),
    ...guide.unchecked.map((line) => ({ line, says: 'a table of no known kind: nobody would check it' })),
    ...incomplete(guide),
    ...(await inTurn(guide.outcomes, (outcome) => wrongOutcomes(guide, outcome))).flat(),
  ]
  return found.map(({ line, says }) => `${guide.folder}/${line === undefined ? '' : `README.md:${line} `}${says}`)
}

// The diff and what is quoted from it

function diffOf(folder) {
  const [before, after] = ['before.ts', 'after.ts'].map((file) => readFileSync(join(folder, file), 'utf8'))
  const options = { context: 2, headerOptions: FILE_HEADERS_ONLY }
  return createTwoFilesPatch('before.ts', 'after.ts', before, after, undefined, undefined, options)
}

function staleDiff({ folder }) {
  const file = join(folder, 'migration.diff')
  const fresh = existsSync(file) && readFileSync(file, 'utf8') === diffOf(folder)
  return fresh ? [] : [{ says: 'migration.diff is stale: npm run examples:update' }]
}

function foreignLines({ folder }, { content, line }) {
  const lines = diffOf(folder).split('\n')
  let at = 0
  const foreign = content
    .trimEnd()
    .split('\n')
    .find((quoted) => {
      at = lines.indexOf(quoted, at) + 1
      return at === 0
    })
  return foreign === undefined ? [] : [{ line, says: `migration.diff does not have, at this place: ${foreign}` }]
}

// Words and values, by the retired fields

function wrongWord({ line, old, use, change: id }) {
  const change = changes.find((one) => one.id === id)
  if (change === undefined) return [{ line, says: `${id} is no change of the domain` }]
  const retired = old.filter((word) => change.retired[word] === undefined)
  const wanted = change.retired[old[0]]?.use
  const fits = use.includes(wanted) && use.every((word) => word === wanted || change.current.includes(word))

  if (retired.length > 0) return [{ line, says: `${id} does not retire ${retired.join(', ')}` }]
  return fits ? [] : [{ line, says: `${id} says ${wanted} instead of ${old[0]}, not ${use.join(', ')}` }]
}

function wrongValue({ line, fields }) {
  const change = changes.find(({ retired }) => retired[fields[0][0]] !== undefined && retired[fields[0][0]])
  const [endpoint] = change?.endpoints.body ?? []
  if (endpoint === undefined) return [{ line, says: `${fields[0][0]} is in no body` }]

  const given = fields.filter(([name]) => change.retired[name] !== undefined).map(fromCode)
  const claimed = fields.filter(([name]) => change.retired[name] === undefined)
  const { body, issues } = upgrade(endpoint, Object.fromEntries(given))
  const fits =
    issues.length > 0
      ? claimed.every(([, code]) => code === issues[0].code)
      : isDeepStrictEqual(body, Object.fromEntries(claimed.map(fromCode)))
  return fits ? [] : [{ line, says: `this becomes ${JSON.stringify(issues[0]?.code ?? body)}` }]
}

function unguided(all) {
  const named = all.flatMap((guide) => guide.words.flatMap(({ old, change }) => old.map((word) => `${change} ${word}`)))
  return changes.flatMap(({ id, retired }) =>
    Object.keys(retired)
      .filter((word) => !named.includes(`${id} ${word}`))
      .map(
        (word) => `examples: no guide tells of \`${word}\` (${id}): name it in a README's first table, or add a guide`,
      ),
  )
}

// What happens

function incomplete({ outcomes, requests }) {
  const names = outcomes.map(({ name }) => name)
  const things = [...Object.keys(programs), ...requests.map(({ name }) => name)]
  const unpromised = Object.entries(programs).flatMap(([program, { promised }]) =>
    promised
      .filter((one) => outcomes.find(({ name }) => name === program)?.cells[one]?.text !== 'runs')
      .map((one) => ({ says: `README.md does not say that ${program} runs in ${one}` })),
  )
  return [
    ...unpromised,
    ...requests
      .filter(({ name }) => !names.includes(name))
      .map(({ line, name }) => ({ line, says: `no row tells what becomes of “${name}”` })),
    ...outcomes
      .filter(({ name }) => !things.includes(name))
      .map(({ line, name }) => ({ line, says: `“${name}” is neither a program nor a request of this guide` })),
  ]
}

async function wrongOutcomes(guide, { line, name, cells }) {
  const request = guide.requests.find((one) => one.name === name)
  if (request === undefined && !(name in programs)) return []

  const found = await inTurn(GENERATIONS, (generation) =>
    request === undefined
      ? wrongRun(join(guide.folder, name), generation, cells[generation])
      : wrongReply(request, generation, cells[generation]),
  )
  return found.flat().map((says) => ({ line, says: `${name}, ${says}` }))
}

/** A cell about a program: `runs`; or `fails` and a word of what it says then. */
async function wrongRun(file, generation, { text, codes }) {
  const [claim] = text.split(',')
  if (claim !== 'runs' && (claim !== 'fails' || codes.length === 0))
    return [`${generation}: “${text}” can not be checked`]

  const { ok, asked, output } = await run(file, generation)
  if (claim === 'fails') {
    const told = codes.every((code) => output.includes(code))
    return !ok && told ? [] : [`${generation}: expected to fail with ${codes}\n${output}`]
  }
  if (!ok) return [`${generation}: failed\n${output}`]
  return asked ? [] : [`${generation}: asked the backend nothing and tested nothing, so it shows nothing`]
}

/** Runs a program as a service is run: where the backend is comes from the environment. */
async function run(file, generation) {
  const backend = await listen(generation)
  const isSuite = readFileSync(file, 'utf8').includes("'node:test'")
  const flags = ['--conditions=@ai-ticket-creator/source', ...(isSuite ? ['--test', '--test-reporter=tap'] : [])]

  const program = spawn('node', [...flags, file], {
    env: { ...process.env, ...backend.env, GENERATION: programs[basename(file)].setting[generation] },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  })
  let output = ''
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (data) => (output += data))
  const [code] = await once(program, 'close')

  backend.close()
  return { ok: code === 0, asked: backend.wasAsked() || /^# pass [1-9]/m.test(output), output }
}

/** A cell about a request: the status, then codes, `Header: value` and `field: value` of the reply. */
async function wrongReply({ method, url, headers, body }, generation, { text, codes, prose }) {
  const app = await filled(generation)
  const response = await app.fetch(new Request(url, { method, headers, ...(body !== undefined && { body }) }))
  const reply = await response.json().catch(() => undefined)

  const status = /^\d{3}/.exec(text)?.[0]
  if (status === undefined || /[^\s,\d]/.test(prose)) return [`${generation}: “${text}” can not be checked`]
  if (Number(status) !== response.status) return [`${generation}: ${response.status} ${JSON.stringify(reply)}`]

  const wrong = codes.filter((code) => !shows(code, response, reply))
  const shown = `${JSON.stringify([...response.headers])} ${JSON.stringify(reply)}`
  return wrong.map((code) => `${generation}: the reply does not show ${code}: ${shown}`)
}

function shows(code, { headers }, reply) {
  const [name, value] = splitOnce(code, ': ')
  if (value === undefined) return [reply.code, ...[reply.detail].flat().map((issue) => issue.code)].includes(code)
  if (/^[A-Z]/.test(name)) return headers.get(name) === value

  const found = name.split('.').reduce((inside, key) => inside?.[key], reply)
  return isDeepStrictEqual(found, JSON.parse(value))
}

// What the linter shows a consumer is what the guides promise of it

function deprecatedNames(all) {
  const files = all.flatMap(({ folder }) => Object.keys(programs).map((file) => join(folder, file)))
  const args = ['--type-aware', '-A', 'all', '-D', 'typescript/no-deprecated', '--format', 'json', ...files]
  const { diagnostics } = JSON.parse(spawnSync('oxlint', args, { encoding: 'utf8' }).stdout)

  const named = new Set(diagnostics.map(({ filename }) => filename))
  const blind = all.length > 0 && ![...named].some((file) => basename(file) === 'before.ts')
  return [
    ...[...named].filter((file) => basename(file) === 'after.ts').map((file) => `${file} uses a deprecated name`),
    ...(blind ? ['no before.ts uses a deprecated name, or the linter does not see it'] : []),
  ]
}

async function missedMistakes() {
  const folder = join('.tmp', 'examples', '00-planted')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  plantGuide(folder)

  const found = await judge(readGuide(folder))
  const seen = new Set(found.flatMap((complaint) => mistakes.filter((words) => complaint.includes(words))))
  return [
    ...mistakes.filter((words) => !seen.has(words)).map((words) => `scripts/examples.mjs did not see: ${words}`),
    ...found
      .filter((complaint) => !mistakes.some((words) => complaint.includes(words)))
      .map((complaint) => `scripts/examples.mjs refused what is right: ${complaint}`),
  ]
}

async function inTurn(items, work) {
  const results = []
  for (const item of items) results.push(await work(item))
  return results
}

/** Two guides at a time: a program is mostly waiting. */
async function inTwoLanes(items, work) {
  const results = []
  const rest = items.entries()
  const lane = async () => {
    for (const [index, item] of rest) results[index] = await work(item)
  }
  await Promise.all([lane(), lane()])
  return results
}

function fromCode([name, code]) {
  try {
    return [name, JSON.parse(code)]
  } catch {
    return [name, code]
  }
}

function splitOnce(text, separator) {
  const at = text.indexOf(separator)
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + separator.length)]
}
