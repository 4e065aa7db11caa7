import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { GENERATIONS, type Generation } from '@ai-ticket-creator/domain'
import MarkdownIt, { type Token } from 'markdown-it'

/** The parts of a guide that are checked. */
export interface Guide {
  readonly folder: string
  readonly slug: string
  readonly title: string
  /** The first table: fields that were renamed, and the change of the domain that did it. */
  readonly fields: readonly {
    readonly old: readonly string[]
    readonly use: readonly string[]
    readonly change: string
  }[]
  readonly values: readonly ValueTable[]
  readonly outcomes: readonly Outcome[]
  /** The exit codes that a table explains. */
  readonly exits: readonly string[]
  readonly requests: readonly HttpRequest[]
  /** The lines that it quotes from its migration.diff. */
  readonly diffs: readonly string[]
  /** The `console` blocks: commands and their output. */
  readonly consoles: readonly string[]
  /** The `sh` blocks: commands that the reader runs once. */
  readonly commands: readonly string[]
  /** The lines of tables and blocks that cannot be checked, because their kind is unknown. */
  readonly unknown: readonly number[]
}

/** A table whose columns are fields. Each row has values that belong together. */
interface ValueTable {
  readonly fields: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** The result of a program or a request in each generation. */
interface Outcome {
  readonly name: string
  readonly cells: { readonly [G in Generation]: Cell }
}

interface Cell {
  readonly text: string
  /** The texts in backticks. */
  readonly codes: readonly string[]
}

interface HttpRequest {
  readonly name: string
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

interface Table {
  readonly line: number
  readonly head: readonly Cell[]
  readonly rows: readonly (readonly Cell[])[]
}

// `npm test -- repository` compiles ts, parses json, and looks for the commands of sh and the quoted lines of files.
const LANGUAGES = ['diff', 'http', 'console', 'sh', 'ts', 'json']
const EXAMPLES = join(import.meta.dirname, '..')

/** The guides: the folders of examples that begin with a number and have a program to migrate. */
export const readGuides = (): readonly Guide[] =>
  globSync('[0-9][0-9]-*/before.ts', { cwd: EXAMPLES })
    .toSorted()
    .map((program) => readGuide(join(EXAMPLES, program, '..')))

function readGuide(folder: string): Guide {
  const tokens = new MarkdownIt().parse(readFileSync(join(folder, 'README.md'), 'utf8'), {})
  const fences = tokens.filter(({ type }) => type === 'fence')
  const tables = tokens.flatMap((token, index) => (token.type === 'table_open' ? [readTable(tokens, index)] : []))
  const tablesOf = (kind: TableKind) => tables.filter((table) => kindOf(table) === kind)
  const blocksOf = (language: string) => fences.filter(({ info }) => info === language).map(({ content }) => content)

  return {
    folder,
    slug: basename(folder),
    title: tokens[tokens.findIndex(({ type }) => type === 'heading_open') + 1]?.content ?? '',
    fields: tablesOf('fields').flatMap(({ rows }) =>
      rows.map(([old, use, change]) => ({ old: old?.codes ?? [], use: use?.codes ?? [], change: change?.text ?? '' })),
    ),
    values: tablesOf('values').map(({ head, rows }) => ({
      fields: head.map(codeOf),
      rows: rows.map((row) => row.map(codeOf)),
    })),
    outcomes: tablesOf('outcomes').flatMap(({ rows }) => rows.map(toOutcome)),
    exits: tablesOf('exits').flatMap(({ rows }) => rows.map(([code]) => code?.text ?? '')),
    requests: blocksOf('http').flatMap(readRequests),
    diffs: blocksOf('diff'),
    consoles: blocksOf('console'),
    commands: blocksOf('sh'),
    unknown: [
      ...tables.filter((table) => kindOf(table) === undefined).map(({ line }) => line),
      ...fences.filter((fence) => !isKnown(fence)).map(lineOf),
    ],
  }
}

type TableKind = 'fields' | 'values' | 'outcomes' | 'exits'

function kindOf({ head }: Table): TableKind | undefined {
  const titles = head.map(({ text }) => text)
  if (titles.join() === 'old,new,change') return 'fields'
  if (titles[0] === 'exit') return 'exits'
  if (titles.slice(1).join() === GENERATIONS.join()) return 'outcomes'
  return head.every(({ codes }) => codes.length === 1) ? 'values' : undefined
}

/**
 * Whether a block has a known language, or a language and a file that it quotes. A request must begin with its name, a
 * `console` block with a command.
 */
function isKnown({ info, content }: Token): boolean {
  return info === 'http' || info === 'console'
    ? content.startsWith(info === 'http' ? '### ' : '$ ')
    : LANGUAGES.includes(info) || /^\w+ \S+$/.test(info)
}

function toOutcome([name, ...cells]: readonly Cell[]): Outcome {
  const entries = GENERATIONS.map((generation, index) => [generation, cells[index] ?? { text: '', codes: [] }])
  // The keys are the generations.
  return { name: name?.text ?? '', cells: Object.fromEntries(entries) as Outcome['cells'] }
}

function readTable(tokens: readonly Token[], start: number): Table {
  const end = tokens.findIndex(({ type }, index) => index > start && type === 'table_close')
  const rows: Cell[][] = []
  for (const token of tokens.slice(start, end)) {
    if (token.type === 'tr_open') rows.push([])
    if (token.type === 'inline') rows.at(-1)?.push(readCell(token))
  }
  const [head = [], ...others] = rows
  return { line: lineOf(tokens[start]), head, rows: others }
}

function readCell({ children }: Token): Cell {
  const contents = (...types: string[]) =>
    (children ?? []).filter(({ type }) => types.includes(type)).map(({ content }) => content)
  return { text: contents('text', 'code_inline').join(''), codes: contents('code_inline') }
}

function codeOf({ codes: [code = ''] }: Cell): string {
  return code
}

function lineOf(token: Token | undefined): number {
  return (token?.map?.[0] ?? 0) + 1
}

/** The form of .http files: `### name`, request line, headers, an empty line, body. */
function readRequests(block: string): HttpRequest[] {
  return block
    .split(/^### /m)
    .map((part) => {
      const [head = '', ...body] = part.trim().split('\n\n')
      const [name = '', requestLine = '', ...headers] = head.split('\n')
      const [method = '', url = ''] = requestLine.split(' ')
      return {
        name,
        method,
        url,
        headers: Object.fromEntries(headers.map((header) => header.split(': '))),
        body: body.length === 0 ? null : body.join('\n\n'),
      }
    })
    .slice(1)
}
