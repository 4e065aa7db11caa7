// A guide that was true last year costs its reader a day. Each folder examples/NN-slug is one, and all that it claims is
// tried: both programs run against the reference API in every generation, every request in it is sent, the diff is
// remade, its words are held against the retired fields. And every retired field has a guide.
//   node scripts/examples.mjs [update] [part of a folder's name …]
// A planted guide with one mistake of each kind goes through the same check and must be refused for all of them.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import { missingOutcomes, PROGRAMS, wrongOutcomes } from './guides/outcomes.mjs'
import { mistakes, plantGuide } from './guides/planted.mjs'
import { guideFolders, readGuide } from './guides/read.mjs'
import { readerOf } from './guides/reader.mjs'
import { unseenExits, wrongSession } from './guides/session.mjs'
import { unguided, wrongValues, wrongWords } from './guides/words.mjs'

const words = process.argv.slice(2)
const updating = words[0] === 'update'
const parts = updating ? words.slice(1) : words
const folders = guideFolders().filter((folder) => parts.length === 0 || parts.some((part) => folder.includes(part)))

if (updating) for (const folder of folders) writeFileSync(join(folder, 'migration.diff'), diffOf(folder))

const guides = folders.map(readGuide)
const complaints = [
  ...(await inTwoLanes(guides, judge)).flat(),
  ...(parts.length === 0 ? unguided(guides) : []),
  ...deprecatedNames(guides),
  ...(await missedMistakes()),
]
if (guides.length === 0) complaints.push('examples: no guide found, so nothing was checked')

for (const complaint of complaints) console.error(`FAILED ${complaint}`)
const rows = guides.flatMap(({ outcomes }) => outcomes)
console.log(
  `${guides.length} guides, ${rows.length * 3} outcomes, ${mistakes.length} planted mistakes: ${complaints.length} complaints`,
)
process.exit(complaints.length === 0 ? 0 : 1)

async function judge(guide) {
  const found = [
    ...staleDiff(guide),
    ...guide.quotes.flatMap((quote) => foreignLines(guide, quote)),
    ...wrongWords(guide),
    ...wrongValues(guide),
    ...guide.unchecked.map((line) => ({ line, says: 'a table or a block of no known kind: nobody would check it' })),
    ...missingOutcomes(guide),
    ...(await wrongOutcomes(guide)),
    ...unseenExits(guide),
    ...(await wrongTyping(guide)),
  ]
  return found.map(({ line, says }) => `${guide.folder}/${line === undefined ? '' : `README.md:${line} `}${says}`)
}

function diffOf(folder) {
  const [before, after] = PROGRAMS.map((file) => readFileSync(join(folder, file), 'utf8'))
  const options = { context: 2, headerOptions: FILE_HEADERS_ONLY }
  return createTwoFilesPatch(...PROGRAMS, before, after, undefined, undefined, options)
}

function staleDiff({ folder }) {
  const file = join(folder, 'migration.diff')
  const fresh = existsSync(file) && readFileSync(file, 'utf8') === diffOf(folder)
  return fresh ? [] : [{ says: 'migration.diff is stale: npm run examples:update' }]
}

/** What a step quotes has to be in the diff, in that order. */
function foreignLines({ folder }, { content, line }) {
  const lines = diffOf(folder).split('\n')
  let at = 0
  for (const quoted of content.trimEnd().split('\n')) {
    at = lines.indexOf(quoted, at) + 1
    if (at === 0) return [{ line, says: `migration.diff does not have, at this place: ${quoted}` }]
  }
  return []
}

async function wrongTyping({ folder, consoles }) {
  return consoles.length === 0 ? [] : await wrongSession(consoles, readerOf(folder))
}

/** The guides promise that a linter shows what is left: all of it in what uses the SDK, nothing in what is done. */
function deprecatedNames(guides) {
  const files = guides.flatMap(({ folder }) => PROGRAMS.map((file) => join(folder, file)))
  const args = ['--type-aware', '-A', 'all', '-D', 'typescript/no-deprecated', '--format', 'json', ...files]
  const { diagnostics } = JSON.parse(spawnSync('oxlint', args, { encoding: 'utf8' }).stdout)

  const shown = new Set(diagnostics.map(({ filename, labels: [{ span }] }) => `${filename}:${span.line}`))
  const left = [...shown].filter((place) => place.includes('/after.ts:'))
  const unseen = guides.flatMap(oldWords).filter((place) => !shown.has(place))
  return [
    ...left.map((place) => `${place} uses a deprecated name`),
    ...unseen.map((place) => `${place} uses an old word, and the linter does not see it`),
  ]
}

/** The lines of the old program with an old word of its guide. What goes past the SDK is no linter's business. */
function oldWords({ folder, words }) {
  const file = join(folder, 'before.ts')
  const code = readFileSync(file, 'utf8').replaceAll(/'[^'\n]*'|^\/\/.*/gm, '')
  if (/\bfetch\b/.test(code)) return []

  const old = new RegExp(`\\b(${words.flatMap((word) => word.old).join('|')})\\b`)
  return code.split('\n').flatMap((line, at) => (old.test(line) ? [`${file}:${at + 1}`] : []))
}

async function missedMistakes() {
  const found = await judge(readGuide(plantGuide()))
  const missed = mistakes.filter((mistake) => !found.some((complaint) => complaint.includes(mistake)))
  const wronged = found.filter((complaint) => !mistakes.some((mistake) => complaint.includes(mistake)))
  return [
    ...missed.map((mistake) => `scripts/examples.mjs did not see: ${mistake}`),
    ...wronged.map((complaint) => `scripts/examples.mjs refused what is right: ${complaint}`),
  ]
}

/** Two guides at a time: a program is mostly waiting. First those that show a terminal, which take longest. */
async function inTwoLanes(guides, work) {
  const results = []
  const rest = [...guides.entries()].toSorted(([, a], [, b]) => b.consoles.length - a.consoles.length).values()
  const lane = async () => {
    for (const [index, guide] of rest) results[index] = await work(guide)
  }
  await Promise.all([lane(), lane()])
  return results
}
