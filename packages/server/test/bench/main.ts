// Measures the server and writes docs/bench-server.md.
//   npm run bench:server                                  builds, measures every part
//   PARTS=schemas INTEGRATIONS=50000 ORGANIZATIONS=50 PAGE=no npm run bench:server      one part, small, without the page
//   PARTS=processes RESULTS=figures.json npm run bench:server                      keeps the figures of the other parts
import { measureFirstRequest } from './first-request.ts'
import { measureProcesses } from './processes.ts'
import { readFigures, schemasOf, sectionsOf, storeFigures, writePage } from './report.ts'
import { compareSchemas } from './schemas.ts'
import { PARTS } from './settings.ts'

// A signal alone would end this process without `exit`, and leave its servers behind.
process.once('SIGTERM', () => process.exit(143))

const figures = readFigures()
const parts: Readonly<Record<string, () => Promise<unknown>>> = {
  firstRequest: async () => (figures.firstRequest = await measureFirstRequest()),
  schemas: async () => (figures.schemas = schemasOf(await compareSchemas())),
  processes: async () => (figures.processes = await measureProcesses()),
}

for (const [part, measure] of Object.entries(parts)) {
  if (PARTS !== undefined && !PARTS.includes(part)) continue
  console.log(part)
  await measure()
  storeFigures(figures)
}
console.log(sectionsOf(figures))
const isComplete = Object.keys(parts).every((part) => part in figures)
// A page without a part would lose its figures.
if (process.env['PAGE'] !== 'no' && isComplete) writePage(figures)
