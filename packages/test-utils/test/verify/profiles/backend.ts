import { mkdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type App, type AppOptions, createApp, type Profile } from '@ai-ticket-creator/reference-api'
import { build } from 'esbuild'
import { ROOT } from '../../mutants/frozen.ts'
import { ada, bo } from '../../people.ts'

/** Opens an app, as `createApp` does. */
export type Open = (options: AppOptions) => App

/** A profile as it is. */
export const whole: Open = createApp

/** Opens a profile with some rows of its table alone: what the whole one has besides is as in the reference app. */
export async function readTable(): Promise<(ids: readonly string[]) => Open> {
  const folder = resolve(ROOT, '.tmp/profiles')
  mkdirSync(folder, { recursive: true })
  const outfile = `${folder}/${process.pid}.mjs`

  await build({
    stdin: { contents: ENTRY, resolveDir: SOURCES, loader: 'ts' },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    conditions: ['@ai-ticket-creator/source'],
    logLevel: 'silent',
    plugins: [
      {
        name: 'rows',
        setup: (bundler) =>
          bundler.onLoad({ filter: /table\.ts$/ }, ({ path }) =>
            path === TABLE ? { contents: choosable(readFileSync(TABLE, 'utf8')), loader: 'ts' } : undefined,
          ),
      },
    ],
  })

  // A module of its own: the table that the tests of this process use stays whole.
  const { open } = (await import(pathToFileURL(outfile).href)) as { open: (ids: readonly string[]) => Open }
  return open
}

const SOURCES = resolve(ROOT, 'packages/reference-api/src')
const TABLE = resolve(SOURCES, 'profiles/table.ts')

// An app reads the table once, when it is opened.
const ENTRY = `
import { createApp } from './index.ts'
import { choose } from './profiles/table.ts'
export const open = (ids) => (options) => { choose(ids); return createApp(options) }
`

function choosable(source: string): string {
  const declared = 'export const rows: readonly Row[] ='
  if (!source.includes(declared)) throw new Error(`${TABLE} no longer says \`${declared}\``)
  return `${source.replace(declared, 'const all: readonly Row[] =')}
export let rows: readonly Row[] = all
export const choose = (ids: readonly string[]) => { rows = all.filter(({ id }) => ids.includes(id)) }`
}

/** How the profiles are opened. */
export const optionsFor = (profile: Profile): AppOptions => ({ profile, users: [ada, bo], onError: () => {} })
