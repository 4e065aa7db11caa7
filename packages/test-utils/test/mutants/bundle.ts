import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { createApp } from '@ai-ticket-creator/reference-api'
import { build } from 'esbuild'
import { applyTo, type Drawn, ROOT, readSource } from './frozen.ts'

/** The app's own entry, with the defect in one of the files behind it. */
export async function loadMutated(drawn: Drawn): Promise<typeof createApp> {
  const mutated = resolve(ROOT, drawn.file)
  const contents = applyTo(readSource(drawn.file), drawn)
  const folder = resolve(ROOT, '.tmp/mutants')
  mkdirSync(folder, { recursive: true })
  const outfile = `${folder}/${process.pid}-${drawn.id}.mjs`

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

  // A module of its own, and with it tables of its own: nothing of the sound app is in it.
  const module = (await import(pathToFileURL(outfile).href)) as { createApp: typeof createApp }
  return module.createApp
}
