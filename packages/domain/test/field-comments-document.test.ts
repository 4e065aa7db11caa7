import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'

// Compilers drop comments, so the OpenAPI documents read the JSDoc of the entities from this table.
// `npm run docs:update` writes it.
const files = globSync(fileURLToPath(new URL('../src/entities/*.ts', import.meta.url))).toSorted()

test('every field of an entity has a comment', { timeout: 60_000 }, () => {
  const missing = Object.entries(allCommentsOf(files)).flatMap(([entity, fields]) =>
    Object.entries(fields)
      .filter(([, text]) => text === '')
      .map(([field]) => `${entity}.${field}`),
  )

  expect(missing).toEqual([])
})

test('the comments of the entities are in the table for the OpenAPI documents', { timeout: 60_000 }, async () => {
  const table = withoutEmpty(allCommentsOf(files))

  expect(Object.values(table).flatMap((fields) => Object.keys(fields)).length).toBeGreaterThan(50)
  await expect(`// Generated from the JSDoc of the entities by npm run docs:update.

/** The comment of each field, by interface and field. */
export const fieldComments: Readonly<Record<string, Readonly<Record<string, string>>>> = ${JSON.stringify(table, undefined, 2)}
`).toMatchFileSnapshot('../src/openapi/comments.ts')
})

/** The comments of the fields of each exported interface, inherited fields included. */
function allCommentsOf(files: readonly string[]): Record<string, Record<string, string>> {
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
  const found = interfaces.map(({ name }) => {
    const fields = checker.getPropertiesOfType(checker.getTypeAtLocation(name))
    const comments = fields.map((field) => [
      field.name,
      ts.displayPartsToString(field.getDocumentationComment(checker)).replaceAll(/\s+/g, ' '),
    ])
    return [name.text, Object.fromEntries(comments)] as const
  })
  return Object.fromEntries(found)
}

function withoutEmpty(table: Record<string, Record<string, string>>): Record<string, Record<string, string>> {
  const found = Object.entries(table).map(
    ([entity, fields]) =>
      [entity, Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== ''))] as const,
  )
  return Object.fromEntries(found.filter(([, fields]) => Object.keys(fields).length > 0))
}
