import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

// A file that exists only here: its errors are the subject of tests, so it cannot lie in a folder that is checked.
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
 * What the compiler says of a statement that calls `create` with its two overloads, as the SDK declares them, or
 * `createCurrent`, which has only the first. Of a call that fits no overload, what it says of the last: newer compilers
 * show nothing else.
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
