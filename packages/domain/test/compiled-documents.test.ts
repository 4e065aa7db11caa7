import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { compiledClasses, compiledEndpoints, compiledRetiredNames, compiledTypes } from './compiled-files.ts'

// Clients check requests and replies without zod, so what they check is compiled from the schemas into plain TypeScript.
// `npm run docs:update` writes it.
test.each([
  ['entities/compiled-types.ts', compiledTypes],
  ['entities/compiled-classes.ts', compiledClasses],
  ['contract/compiled-endpoints.ts', compiledEndpoints],
  ['versioning/compiled-retired-names.ts', compiledRetiredNames],
])('%s is compiled from the schemas, the contract and the changes', async (file, compile) => {
  await expect(format(compile())).toMatchFileSnapshot(`../src/${file}`)
})

/** Formats TypeScript as `npm run format` does. */
function format(source: string): string {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const args = ['format', '--stdin-file-path=packages/domain/src/entities/compiled-types.ts']
  return execFileSync(`${root}/node_modules/.bin/biome`, args, { cwd: root, input: source, encoding: 'utf8' })
}
