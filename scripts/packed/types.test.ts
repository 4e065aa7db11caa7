import { globSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { packages } from './unpack.ts'

// An `any` in a published type disables type checks in the code of consumers. A type bundler can drop comments, and without
// `@deprecated` editors do not mark deprecated names.

const entries = packages.flatMap(({ name, folder }) =>
  globSync('dist/*.d.ts', { cwd: folder }).map((file) => ({ name, file, path: join(folder, file) })),
)
const planted = resolve('.tmp/planted.d.ts')
writeFileSync(
  planted,
  `export declare function parse(text: any): void
export declare const parsed: ReturnType<JSON["parse"]>
export interface Row extends Record<"key", ReturnType<JSON["parse"]>> {}
export declare const wrong: Missing
export declare class Resource { #private; open: ReturnType<JSON["parse"]> }
/** @deprecated Use \`row\`. */
export declare const line: string`,
)
const program = ts.createProgram([planted, ...entries.map(({ path }) => path)], {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.esnext.disposable.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: [],
})
const checker = program.getTypeChecker()

test('every `any` of a declaration file is found', () => {
  expect(anyIn(planted)).toEqual([
    'line 1: text: any',
    'parsed is any',
    'Row.key is any',
    'wrong is any',
    'Resource.open is any',
  ])
  expect(errorsIn(planted)).toEqual(["Cannot find name 'Missing'."])
  expect(deprecationsIn(planted)).toEqual(['line: Use `row`.'])
})

test.each(entries)('no published type of $name $file is any', ({ path }) => {
  expect(anyIn(path)).toEqual([])
})

test.each(entries)('$name $file has no error for a consumer who checks libraries', ({ path }) => {
  expect(errorsIn(path)).toEqual([])
})

test('some published types are deprecated', () => {
  expect(entries.flatMap(({ path }) => deprecationsIn(path)).length).toBeGreaterThan(50)
})

test.each(packages)('every `@deprecated` of $name is in its published types', ({ name, source }) => {
  const sourceDeprecations = globSync(`${source}/src/**/*.ts`).flatMap(deprecationsIn)

  const publishedDeprecations = entries
    .filter((entry) => entry.name === name)
    .flatMap(({ path }) => deprecationsIn(path))
  expect(sourceDeprecations.filter((deprecation) => !publishedDeprecations.includes(deprecation))).toEqual([])
})

/** Every `any` in the text, and every exported name whose type is `any`. */
function anyIn(file: string): string[] {
  const source = sourceOf(file)
  const module = checker.getSymbolAtLocation(source)
  const written = nodesIn(source).filter((node) => node.kind === ts.SyntaxKind.AnyKeyword)
  const named = (module === undefined ? [] : checker.getExportsOfModule(module)).flatMap(typesOf)
  return [
    ...written.map((node) => `line ${lineOf(node)}: ${node.parent.getText().split('\n')[0]}`),
    ...named.filter(({ type }) => type.flags & ts.TypeFlags.Any).map(({ name }) => `${name} is any`),
  ]
}

function errorsIn(file: string): string[] {
  return ts
    .getPreEmitDiagnostics(program, sourceOf(file))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

/** Every deprecated declaration, as `name: sentence`. */
function deprecationsIn(file: string): string[] {
  const source = ts.createSourceFile(file, ts.sys.readFile(file) ?? '', ts.ScriptTarget.Latest, true)
  return nodesIn(source).flatMap((node) =>
    ts
      .getJSDocTags(node)
      .filter((tag) => tag.tagName.text === 'deprecated' && tag.parent.parent === node)
      .map((tag) => `${nameOf(node)}: ${ts.getTextOfJSDocComment(tag.comment)}`),
  )
}

/** The type and the value of an exported name, and the members of the type. */
function typesOf(symbol: ts.Symbol): { name: string; type: ts.Type }[] {
  const { name } = symbol
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  const value = target.flags & ts.SymbolFlags.Value ? [{ name, type: checker.getTypeOfSymbol(target) }] : []
  if (!(target.flags & ts.SymbolFlags.Type)) return value

  const type = checker.getDeclaredTypeOfSymbol(target)
  const members = checker.getPropertiesOfType(type).filter(isReachable)
  return [
    ...value,
    { name, type },
    ...members.map((member) => ({ name: `${name}.${member.name}`, type: checker.getTypeOfSymbol(member) })),
  ]
}

/** The `#private` of a class has no type, and no consumer can name it. */
function isReachable({ valueDeclaration }: ts.Symbol): boolean {
  const name = valueDeclaration === undefined ? undefined : ts.getNameOfDeclaration(valueDeclaration)
  return name === undefined || !ts.isPrivateIdentifier(name)
}

function nameOf(node: ts.Node): string {
  const declared = ts.isVariableStatement(node) ? node.declarationList.declarations[0] : node
  const name = declared === undefined ? undefined : ts.getNameOfDeclaration(declared as ts.Declaration)
  return name?.getText() ?? 'a signature'
}

function nodesIn(node: ts.Node): ts.Node[] {
  return [node, ...node.getChildren().flatMap(nodesIn)]
}

function lineOf(node: ts.Node): number {
  const source = node.getSourceFile()
  return source.getLineAndCharacterOfPosition(node.getStart()).line + 1
}

function sourceOf(file: string): ts.SourceFile {
  const source = program.getSourceFile(file)
  if (source === undefined) throw new Error(`${file} is not in the program`)
  return source
}
