import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A TypeScript block of a documentation page. */
export interface DocumentedBlock {
  /** Where the block starts, such as `docs/errors.md:7`. */
  readonly place: string
  readonly code: string
}

/** The address that the pages use for a backend. */
export const DOCUMENTED_BASE_URL = 'https://tickets.example.test'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const PAGES = globSync(['README.md', 'packages/*/README.md', 'docs/*.md'], { cwd: ROOT }).toSorted()

const blocks = PAGES.flatMap(blocksIn)

/** The blocks that call a backend at the documented address. */
export const blocksForBackends: readonly DocumentedBlock[] = blocks.filter(callsBackend)

/** The blocks that need only our packages. Other blocks need a test runner, a server, a database or files. */
export const standaloneBlocks: readonly DocumentedBlock[] = blocks.filter(
  (block) => !callsBackend(block) && !needsDatabase(block) && importsOf(block).every(isOurs),
)

function callsBackend({ code }: DocumentedBlock): boolean {
  return code.includes('createClient(') && code.includes(DOCUMENTED_BASE_URL)
}

function needsDatabase({ code }: DocumentedBlock): boolean {
  return code.includes('postgresql://')
}

function isOurs(name: string): boolean {
  return name.startsWith('@ai-ticket-creator/')
}

function importsOf({ code }: DocumentedBlock): readonly string[] {
  return [...code.matchAll(/ from '(.*)'/g)].map(([, name = '']) => name)
}

function blocksIn(page: string): readonly DocumentedBlock[] {
  const text = readFileSync(join(ROOT, page), 'utf8')
  return [...text.matchAll(/^( *)```ts\n(.*?)^ *```$/gms)].map(({ index, 1: indent = '', 2: code = '' }) => ({
    place: `${page}:${text.slice(0, index).split('\n').length}`,
    // A block inside a list item is indented like the item.
    code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }))
}
