import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { createApp } from '@ai-ticket-creator/reference-api'
import { build } from 'esbuild'
import { applyTo, type FrozenMutant, ROOT, readSource } from './frozen.ts'

/** Bundles the reference app with a mutated file and returns its `createApp`. */
export async function loadMutated(mutant: FrozenMutant): Promise<typeof createApp> {
  const mutated = resolve(ROOT, mutant.file)
  const contents = applyTo(readSource(mutant.file), mutant)
  const folder = resolve(ROOT, '.tmp/mutants')
  mkdirSync(folder, { recursive: true })
  const outfile = `${folder}/${process.pid}-${mutant.id}.mjs`

  await build({
    entryPoints: [resolve(ROOT, 'packages/reference-api/src/index.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    conditions: ['@ai-ticket-creator/source'],
    logLevel: 'silent',
    plugins: [
      {
        name: 'mutant',
        setup: (bundler) =>
          bundler.onLoad({ filter: /\.ts$/ }, ({ path }) =>
            path === mutated ? { contents, loader: 'ts' } : undefined,
          ),
      },
    ],
  })

  // A separate module with its own copy of domain, so nothing of the sound app is shared.
  const module = (await import(pathToFileURL(outfile).href)) as { createApp: typeof createApp }
  return module.createApp
}
