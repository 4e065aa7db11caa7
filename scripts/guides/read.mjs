// What a guide claims, as data: scripts/examples.mjs holds it against programs, backends and the retired fields,
// scripts/docs.mjs lists it.
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { GENERATIONS } from '@ai-ticket-creator/domain'
import MarkdownIt from 'markdown-it'

const markdown = new MarkdownIt()

/** The guides in their order: a folder in examples with a number is one. */
// A folder that was renamed leaves its `node_modules` behind in other people's clones.
export const guideFolders = () =>
  globSync('examples/[0-9][0-9]-*')
    .filter((folder) => readdirSync(folder).some((entry) => entry !== 'node_modules'))
    .toSorted()

/** What is in a guide, each with its line: by kinds, so that one of no kind can be refused. */
export function readGuide(folder) {
  const tokens = markdown.parse(readFileSync(join(folder, 'README.md'), 'utf8'), {})
  const tables = tokens.flatMap((token, index) => (token.type === 'table_open' ? [readTable(tokens, index)] : []))
  const fences = tokens
    .filter(({ type }) => type === 'fence')
    .map(({ info, content, map }) => ({ kind: kindOfFence(info, content), content, line: map[0] + 1 }))

  const rowsOf = (kind) => tables.filter((table) => table.kind === kind).flatMap(({ rows }) => rows)
  const fencesOf = (kind) => fences.filter((fence) => fence.kind === kind)
  return {
    folder,
    slug: basename(folder),
    title: tokens[tokens.findIndex(({ type }) => type === 'heading_open') + 1]?.content ?? '',
    words: rowsOf('words').map(toWord),
    values: tables.filter(({ kind }) => kind === 'values').map(toValues),
    outcomes: rowsOf('outcomes').map(toOutcome),
    quotes: fencesOf('diff'),
    consoles: fencesOf('console'),
    commands: fencesOf('sh'),
    exits: rowsOf('exits').map(({ line, cells: [code] }) => ({ line, code: code.text })),
    requests: fencesOf('http').flatMap(readRequests),
    unchecked: [...tables, ...fences].filter(({ kind }) => !kinds.includes(kind)).map(({ line }) => line),
  }
}

// docs-check compiles ts, parses json, looks for the commands of sh, and for what is quoted of a file.
const kinds = ['words', 'values', 'outcomes', 'exits', 'diff', 'http', 'file', 'console', 'ts', 'json', 'sh']

function kindOfFence(info, content) {
  if (/^\w+ \S+$/.test(info)) return 'file'
  // A request without a name would be passed over.
  return info === 'http' && !content.startsWith('### ') ? undefined : info
}

function kindOf(head) {
  const titles = head.map(({ text }) => text)
  if (titles.join() === 'old,new,change') return 'words'
  if (titles[0] === 'exit') return 'exits'
  if (titles.slice(1).join() === GENERATIONS.join()) return 'outcomes'
  return head.every(({ codes }) => codes.length === 1) ? 'values' : undefined
}

/** Words that changed: the old ones, the new ones, the id of the change. */
const toWord = ({ line, cells: [old, use, change] }) => ({
  line,
  old: old.codes,
  use: use.codes,
  change: change.text,
})

/** What values became: columns of old names, then of new ones. */
const toValues = ({ line, head, rows }) => {
  const names = head.map(({ codes }) => codes[0])
  return {
    line,
    head: names,
    rows: rows.map((row) => ({ line: row.line, head: names, cells: row.cells.map(({ codes }) => codes[0]) })),
  }
}

/** What becomes of a program or a request in each generation. */
const toOutcome = ({ line, cells: [name, ...cells] }) => ({
  line,
  name: name.text,
  cells: Object.fromEntries(GENERATIONS.map((generation, at) => [generation, cells[at]])),
})

function readTable(tokens, start) {
  const end = tokens.findIndex(({ type }, index) => index > start && type === 'table_close')
  const rows = []
  for (const token of tokens.slice(start, end)) {
    if (token.type === 'tr_open') rows.push({ line: token.map[0] + 1, cells: [] })
    if (token.type === 'inline') rows.at(-1).cells.push(readCell(token))
  }
  const [{ line, cells: head }, ...others] = rows
  return { kind: kindOf(head), line, head, rows: others }
}

function readCell({ children }) {
  const contents = (...types) => children.filter(({ type }) => types.includes(type)).map(({ content }) => content)
  return {
    text: contents('text', 'code_inline').join(''),
    codes: contents('code_inline'),
    prose: contents('text').join(' '),
  }
}

// The form of .http files, which editors can send: `### name`, request line, headers, an empty line, body.
function readRequests({ content, line }) {
  return content
    .split(/^### /m)
    .slice(1)
    .map((part) => {
      const [name, requestLine, ...rest] = part.trim().split('\n')
      const [method, url] = requestLine.split(' ')
      const end = rest.indexOf('')
      const headers = rest.slice(0, end === -1 ? undefined : end).map((header) => header.split(': '))
      const body = end === -1 ? undefined : rest.slice(end).join('\n').trim()
      return { name, line, method, url, headers, body }
    })
}
