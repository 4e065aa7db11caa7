// What only shows in the published types: an `any` switches checking off in a consumer's code without a word, and a
// lost `@deprecated` (bundlers of types do lose comments) takes the strike-through out of a consumer's editor.
// Reads declarations with the compiler's API (the TypeScript 6 one, since 7 has none).
import ts from 'typescript'

/** Every `any` written in a declaration file, and every exported name whose type comes out as one. */
export function findAny(file) {
  const program = createProgram(file)
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file)

  const written = nodesOf(source)
    .filter((node) => node.kind === ts.SyntaxKind.AnyKeyword)
    .map((node) => `${at(node)}: ${node.parent.getText().split('\n')[0]}`)
  const resolved = checker
    .getExportsOfModule(checker.getSymbolAtLocation(source))
    .flatMap((symbol) => namedTypes(checker, symbol))
    .filter(({ type }) => type.flags & ts.TypeFlags.Any)
    .map(({ name }) => `${name} comes out as any`)

  return [...written, ...resolved]
}

/** What a consumer who checks libraries too (`skipLibCheck: false`) would be told about this declaration file. */
export function findErrors(file) {
  const program = createProgram(file)
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(file))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

/** Every deprecated declaration of a file as `name: sentence`. */
export function deprecationsIn(file) {
  const source = ts.createSourceFile(file, ts.sys.readFile(file), ts.ScriptTarget.Latest, true)
  return nodesOf(source).flatMap((node) =>
    (node.jsDoc ?? [])
      .flatMap((doc) => doc.tags ?? [])
      .filter((tag) => tag.tagName.text === 'deprecated')
      .map((tag) => `${nameOf(node)}: ${ts.getTextOfJSDocComment(tag.comment)}`),
  )
}

function nameOf(node) {
  const declared = ts.isVariableStatement(node) ? node.declarationList.declarations[0] : node
  return declared.name?.getText() ?? 'a signature'
}

function createProgram(file) {
  return ts.createProgram([file], {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.esnext.disposable.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [],
  })
}

/** An exported name's type and value, and the members of the type. */
function namedTypes(checker, symbol) {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  const { name } = symbol

  const value = target.flags & ts.SymbolFlags.Value ? [{ name, type: checker.getTypeOfSymbol(target) }] : []
  if (!(target.flags & ts.SymbolFlags.Type)) return value

  const type = checker.getDeclaredTypeOfSymbol(target)
  const members = checker
    .getPropertiesOfType(type)
    .filter(isReachable)
    .map((member) => ({ name: `${name}.${member.name}`, type: checker.getTypeOfSymbol(member) }))
  return [...value, { name, type }, ...members]
}

/** The mark of a class with hidden fields stands in declarations without a type; no consumer can name it. */
function isReachable({ valueDeclaration }) {
  return valueDeclaration?.name === undefined || !ts.isPrivateIdentifier(valueDeclaration.name)
}

function nodesOf(node) {
  return [node, ...node.getChildren().flatMap(nodesOf)]
}

function at(node) {
  const source = node.getSourceFile()
  return `line ${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`
}
