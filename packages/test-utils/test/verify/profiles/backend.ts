import { mkdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Generation } from '@ai-ticket-creator/domain'
import { type App, type AppOptions, createApp, type Profile } from '@ai-ticket-creator/reference-api'
import { build } from 'esbuild'
import { ROOT } from '../../mutants/frozen.ts'
import { ada, bo } from '../../people.ts'

/** Creates an app, like `createApp`. */
export type CreateApp = (options: AppOptions) => App

/** A whole profile. */
export const whole: CreateApp = createApp

/** The reference app of a generation: the profile among the options is not used. */
export const referenceApp =
  (generation: Generation): CreateApp =>
  ({ profile: _, ...options }) =>
    createApp({ ...options, generation })

const SOURCES = resolve(ROOT, 'packages/reference-api/src')
const TABLE = resolve(SOURCES, 'profiles/deviations/table.ts')

/** Creates apps whose profile has only some of its deviations and behaves like the reference app otherwise. */
export async function loadWithDeviations(): Promise<(ids: readonly string[]) => CreateApp> {
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
        name: 'deviations',
        setup: (bundler) =>
          bundler.onLoad({ filter: /table\.ts$/ }, ({ path }) =>
            path === TABLE ? { contents: withSelection(readFileSync(TABLE, 'utf8')), loader: 'ts' } : undefined,
          ),
      },
    ],
  })

  // A separate module, so that the table of this process stays complete.
  const { create } = (await import(pathToFileURL(outfile).href)) as { create: (ids: readonly string[]) => CreateApp }
  return create
}

// An app reads the table once, when it is created.
const ENTRY = `
import { createApp } from './index.ts'
import { select } from './profiles/deviations/table.ts'
export const create = (ids) => (options) => { select(ids); return createApp(options) }
`

function withSelection(source: string): string {
  const declaration = 'export const rows: readonly Row[] ='
  if (!source.includes(declaration)) throw new Error(`${TABLE} does not contain \`${declaration}\``)
  return `${source.replace(declaration, 'const all: readonly Row[] =')}
export let rows: readonly Row[] = all
export const select = (ids: readonly string[]) => { rows = all.filter(({ id }) => ids.includes(id)) }`
}

/** The options of all profiles in these tests. */
export const optionsFor = (profile: Profile): AppOptions => ({ profile, users: [ada, bo], onError: () => {} })
