// What the comments of our schemas say of a field, as a table that OpenAPI documents can show: compilers drop comments.
// `check` fails when packages/domain/src/openapi/comments.ts says something else, `update` rewrites it.

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import ts from 'typescript'

const FILE = 'packages/domain/src/openapi/comments.ts'
const SOURCES = [
  'packages/domain/src/entities/integration-requests.ts',
  'packages/domain/src/entities/integration-replies.ts',
  'packages/domain/src/entities/attachment.ts',
  'packages/domain/src/entities/ticket-requests.ts',
  'packages/domain/src/entities/ticket-replies.ts',
]

const [mode] = process.argv.slice(2)
if (mode !== 'check' && mode !== 'update') throw new Error('say check or update')

const comments = readComments()
const fresh = format(render(comments))
if (mode === 'update') writeFileSync(FILE, fresh)

const count = Object.values(comments).reduce((sum, fields) => sum + Object.keys(fields).length, 0)
const complaints = [
  ...(existsSync(FILE) && readFileSync(FILE, 'utf8') === fresh ? [] : [`${FILE} is stale: npm run docs:update`]),
  ...(count > 50 ? [] : [`only ${count} comments found`]),
]

for (const complaint of complaints) console.error(`FAILED ${complaint}`)
console.log(`${count} comments of fields: ${complaints.length} complaints`)
process.exit(complaints.length === 0 ? 0 : 1)

/** The comments of the fields of each exported interface, inherited ones as well. */
function readComments() {
  const { config } = ts.readConfigFile('packages/domain/tsconfig.json', (file) => readFileSync(file, 'utf8'))
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, 'packages/domain')
  const program = ts.createProgram(SOURCES, options)
  const checker = program.getTypeChecker()

  const interfaces = SOURCES.flatMap((file) => program.getSourceFile(file).statements)
    .filter(ts.isInterfaceDeclaration)
    .filter(({ modifiers = [] }) => modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
  const found = interfaces.map(({ name }) => {
    const fields = checker.getPropertiesOfType(checker.getTypeAtLocation(name))
    const texts = fields.map((field) => [
      field.name,
      ts.displayPartsToString(field.getDocumentationComment(checker)).replaceAll(/\s+/g, ' '),
    ])
    return [name.text, Object.fromEntries(texts.filter(([, text]) => text !== ''))]
  })
  return Object.fromEntries(found.filter(([, fields]) => Object.keys(fields).length > 0))
}

function render(table) {
  return `// Made from the comments of the schemas by npm run docs:update.

/** What is said of a field, by the name of its schema. */
export const fieldComments: Readonly<Record<string, Readonly<Record<string, string>>>> = ${JSON.stringify(table)}
`
}

function format(text) {
  const { status, stdout, stderr } = spawnSync('biome', ['format', `--stdin-file-path=${FILE}`], {
    input: text,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${FILE} could not be formatted: ${stderr}`)
  return stdout
}
