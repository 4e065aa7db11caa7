// Checks that editors mark deprecated names: the compiler suggests 6385 for a deprecated name and 6387 for a deprecated overload.
import ts from 'typescript'

const file = 'types/deprecated.ts'
const options = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  types: ['node'],
}
const host = {
  ...ts.createCompilerHost(options),
  getScriptFileNames: () => [file],
  getScriptVersion: () => '1',
  getScriptSnapshot: (name) =>
    ts.sys.fileExists(name) ? ts.ScriptSnapshot.fromString(ts.sys.readFile(name)) : undefined,
  getCompilationSettings: () => options,
}
const codes = ts
  .createLanguageService(host)
  .getSuggestionDiagnostics(file)
  .map(({ code }) => code)
if (codes.join() !== '6387,6385') throw new Error(`suggestions: ${codes.join()}`)
