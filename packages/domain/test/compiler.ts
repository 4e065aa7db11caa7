import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

// The file exists in memory only: its errors are the subject of tests, so it cannot be in a folder that is type-checked.
const folder = fileURLToPath(new URL('.', import.meta.url))
const fixture = `${folder}fixture.ts`
const overloads = `
import type { AuthType, CreateIntegration, LegacyCreateIntegration } from '@ai-ticket-creator/domain'

export declare function create<const A extends AuthType = 'api_key'>(input: CreateIntegration<A>): void
/** @deprecated */
export declare function create<const A extends AuthType = 'api_key'>(input: LegacyCreateIntegration<A>): void

export declare function createCurrent<const A extends AuthType = 'api_key'>(input: CreateIntegration<A>): void
`

const { config } = ts.readConfigFile(`${folder}../../../tsconfig.base.json`, (path) => readFileSync(path, 'utf8'))
const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, folder)
const host = ts.createCompilerHost(options)
let previous: ts.Program | undefined

/**
 * The compiler's errors for a statement that calls `create`, with the two overloads of the SDK, or `createCurrent`, which
 * has only the first. For a call that matches no overload: the errors of the last one, because newer compilers show only
 * those.
 */
export function errorsOf(statement: string): string {
  const source = ts.createSourceFile(fixture, overloads + statement, ts.ScriptTarget.ES2023)
  const unchanged = previous
  const program = ts.createProgram({
    rootNames: [fixture],
    options,
    host: {
      ...host,
      fileExists: (path) => path === fixture || host.fileExists(path),
      getSourceFile: (path, target) =>
        path === fixture ? source : (unchanged?.getSourceFile(path) ?? host.getSourceFile(path, target)),
    },
    ...(unchanged !== undefined && { oldProgram: unchanged }),
  })
  previous = program

  const messages = program
    .getSemanticDiagnostics(source)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
  return messages.map((message) => message.replace(/^[\s\S]*Overload 2 of 2.*\n/, '')).join('\n')
}
