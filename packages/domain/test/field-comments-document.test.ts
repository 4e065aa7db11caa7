import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { beforeAll, expect, test } from 'vitest'

// Compilers drop comments, so the OpenAPI documents read the JSDoc of the entities from this table.
// `npm run docs:update` writes it.
const files = globSync(fileURLToPath(new URL('../src/entities/*.ts', import.meta.url))).toSorted()

interface Entity {
  readonly name: string
  /** The interfaces that it extends. */
  readonly bases: readonly string[]
  /** The comments of its own fields; empty for a field without one. */
  readonly comments: Readonly<Record<string, string>>
}

let entities: readonly Entity[]
beforeAll(() => {
  entities = entitiesIn(files)
}, 60_000)

test('every field of an entity has a comment', () => {
  const missing = entities.flatMap(({ name, comments }) =>
    Object.entries(comments)
      .filter(([, text]) => text === '')
      .map(([field]) => `${name}.${field}`),
  )

  expect(missing).toEqual([])
})

test('the comments of the entities are in the table for the OpenAPI documents', async () => {
  expect(entities.flatMap(({ comments }) => Object.keys(comments)).length).toBeGreaterThan(50)
  await expect(print(entities)).toMatchFileSnapshot('../src/openapi/comments.ts')
})

/** The exported interfaces, each after those that it extends. */
function entitiesIn(files: readonly string[]): readonly Entity[] {
  const program = ts.createProgram(files, {
    module: ts.ModuleKind.NodeNext,
    customConditions: ['@ai-ticket-creator/source'],
    allowImportingTsExtensions: true,
    noEmit: true,
  })
  const checker = program.getTypeChecker()
  const interfaces = files
    .flatMap((file) => program.getSourceFile(file)?.statements ?? [])
    .filter((statement) => ts.isInterfaceDeclaration(statement))
    .filter(({ modifiers }) => modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
  const fieldsOf = new Map(
    interfaces.map(({ name }) => [name.text, checker.getPropertiesOfType(checker.getTypeAtLocation(name))]),
  )

  return interfaces.map(({ name, heritageClauses = [] }) => {
    const bases = heritageClauses
      .flatMap(({ types }) => types.map(({ expression }) => expression.getText()))
      .filter((base) => fieldsOf.has(base))
    const inherited = bases.flatMap((base) => fieldsOf.get(base)?.map((field) => field.name) ?? [])
    const own = (fieldsOf.get(name.text) ?? []).filter((field) => !inherited.includes(field.name))
    const comments = own.map((field) => [
      field.name,
      ts.displayPartsToString(field.getDocumentationComment(checker)).replaceAll(/\s+/g, ' '),
    ])
    return { name: name.text, bases, comments: Object.fromEntries(comments) as Entity['comments'] }
  })
}

/** The table as TypeScript. The comments of an interface that others extend are a constant, so that each is there once. */
function print(entities: readonly Entity[]): string {
  const isBase = ({ name }: Entity): boolean => entities.some(({ bases }) => bases.includes(name))
  const printed = (entity: Entity): string => {
    const spread = entity.bases.map((base) => `...${constant(base)}`)
    const fields = Object.entries(entity.comments).map(([field, text]) => `${field}: ${JSON.stringify(text)}`)
    return `{\n${[...spread, ...fields].map((line) => `  ${line},\n`).join('')}}`
  }
  const members = entities.filter((entity) => !isBase(entity) && Object.keys(entity.comments).length > 0)
  return [
    '// Generated from the JSDoc in src/entities by npm run docs:update; test/field-comments-document.test.ts fails if this file differs.\n',
    ...entities.filter(isBase).map((entity) => `const ${constant(entity.name)} = ${printed(entity)}\n`),
    '/** The comment of each field, by interface and field. */',
    'export const fieldComments: Readonly<Record<string, Readonly<Record<string, string>>>> = {',
    ...members.map((entity) => `${entity.name}: ${printed(entity)},`.replaceAll(/^/gm, '  ')),
    '}\n',
  ].join('\n')
}

const constant = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)
