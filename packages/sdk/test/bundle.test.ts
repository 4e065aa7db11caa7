import { join } from 'node:path'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

// A client checks requests and replies with types that are compiled from the schemas. One import of a schema as a value would
// put zod and all schemas into the bundle of every consumer.

/** The files of our packages and of libraries that are in the bundle of one client. */
async function filesInBundle(entry: string): Promise<readonly string[]> {
  const { metafile } = await build({
    stdin: { contents: `export { createClient } from './src/${entry}'`, resolveDir: join(import.meta.dirname, '..') },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['@ai-ticket-creator/source'],
    outfile: 'out.js',
  })
  const [output] = Object.values(metafile.outputs)
  return Object.entries(output?.inputs ?? {})
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => file.replace(/^.*?packages\//, ''))
}

const withSchemas = [
  /node_modules\/zod\//,
  /^domain\/src\/contract\/(?:contract|integration-endpoints|ticket-endpoints)\.ts$/,
  /^domain\/src\/entities\/[a-z]+-(?:requests|replies)\.ts$/,
  /^domain\/src\/schema\/schema\.ts$/,
  /^domain\/src\/openapi/,
]

test.each(['index.ts', 'current.ts'])('the bundle of %s has neither zod nor schemas', async (entry) => {
  const files = await filesInBundle(entry)

  expect(files).toContain('domain/src/entities/compiled-types.ts')
  expect(files.filter((file) => withSchemas.some((pattern) => pattern.test(file)))).toEqual([])
})

test('the bundle of the current client has no code about older generations', async () => {
  const files = await filesInBundle('current.ts')

  expect(files.filter((file) => /^sdk\/src\/legacy\/|^domain\/src\/versioning\/changes\//.test(file))).toEqual([])
})
