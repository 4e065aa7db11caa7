// Documents whose facts live elsewhere: written from there, and refused when they say something else.
//   node scripts/docs.mjs check | update
// A document is { file, render }: render makes the text that the file should have from the one that it has. A new one is
// a module in scripts/docs and its line here.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { backendAnswers } from './docs/compatibility.mjs'
import { contractCaseList } from './docs/contract-cases.mjs'
import { contractProfiles } from './docs/contract-profiles.mjs'
import { deviationsTable } from './docs/deviations.mjs'
import { examplesIndex } from './docs/examples.mjs'
import { migrationGuide } from './docs/migration.mjs'
import { openApiDocuments } from './docs/openapi.mjs'
import { postmanDocuments } from './docs/postman.mjs'
import { retryTable } from './docs/retries.mjs'
import { echoTable } from './docs/write-verification.mjs'

const documents = [
  migrationGuide,
  retryTable,
  backendAnswers,
  echoTable,
  examplesIndex,
  deviationsTable,
  contractCaseList,
  contractProfiles,
  ...openApiDocuments,
  ...postmanDocuments,
]

const [mode] = process.argv.slice(2)
if (mode !== 'check' && mode !== 'update') throw new Error('say check or update')

const complaints = documents.flatMap(({ file, render }) => {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const fresh = render(text)
  if (mode === 'update') return write(file, fresh)
  if (fresh !== text) return [`${file} is stale: npm run docs:update`]
  return seesWhatIsMissing(text, render) ? [] : [`${file} could lose any line, and nobody would see it`]
})

for (const complaint of complaints) console.error(`FAILED ${complaint}`)
console.log(`${documents.length} documents: ${complaints.length} complaints`)
process.exit(complaints.length === 0 ? 0 : 1)

/** Takes out each line in turn: some are the reader's to write, but not all. */
function seesWhatIsMissing(text, render) {
  const lines = text.split('\n')
  return lines.some((_, index) => render(lines.toSpliced(index, 1).join('\n')) === text)
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  return []
}
