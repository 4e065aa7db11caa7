// What a guide claims, as data: scripts/examples.mjs holds it against programs, backends and the retired fields,
// scripts/docs.mjs lists it. Every table and fence has a kind that is checked; one of no kind is a complaint.
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { GENERATIONS } from '@ai-ticket-creator/domain'
import MarkdownIt from 'markdown-it'

const markdown = new MarkdownIt()

/** The guides in their order: a folder in examples with a number is one. */
export const guideFolders = () => globSync('examples/[0-9][0-9]-*').toSorted()

/** Title, words, values, outcomes, quotes and requests of a guide, each with its line. */
export function readGuide(folder) {
  const text = readFileSync(join(folder, 'README.md'), 'utf8')
  const tokens = markdown.parse(text, {})
  const tables = tokens.flatMap((token, index) => (token.type === 'table_open' ? [readTable(tokens, index)] : []))
  const fences = tokens
    .filter(({ type }) => type === 'fence')
    .map(({ info, content, map }) => ({ info, content, line: map[0] + 1 }))

  const ofKind = (kind) => tables.filter((table) => kindOf(table) === kind)
  return {
    folder,
    slug: basename(folder),
    title: tokens[tokens.findIndex(({ type }) => type === 'heading_open') + 1]?.content ?? '',
    /** The words that changed: old, new, and the id of the change. */
    words: ofKind('words').flatMap(({ rows }) =>
      rows.map(({ line, cells: [old, use, change] }) => ({
        line,
        old: old.codes,
        use: use.codes,
        change: change.text,
      })),
    ),
    /** What values became: columns of old names, then of new ones. */
    values: ofKind('values').flatMap(({ head, rows }) =>
      rows.map(({ line, cells }) => ({ line, fields: cells.map(({ codes }, at) => [head[at].codes[0], codes[0]]) })),
    ),
    /** What happens in each generation to a program or a request. */
    outcomes: ofKind('outcomes').flatMap(({ rows }) =>
      rows.map(({ line, cells: [name, ...cells] }) => ({
        line,
        name: name.text.replaceAll('`', ''),
        cells: Object.fromEntries(GENERATIONS.map((generation, at) => [generation, cells[at]])),
      })),
    ),
    unchecked: tables.filter((table) => kindOf(table) === undefined).map(({ line }) => line),
    quotes: fences.filter(({ info }) => info === 'diff'),
    requests: fences.filter(({ info }) => info === 'http').flatMap(readRequests),
  }
}

function kindOf({ head }) {
  const titles = head.map(({ text }) => text)
  if (titles.join() === 'old,new,change') return 'words'
  if (titles.slice(1).join() === GENERATIONS.join()) return 'outcomes'
  return head.every(({ codes }) => codes.length === 1) ? 'values' : undefined
}

function readTable(tokens, start) {
  const end = tokens.findIndex(({ type }, index) => index > start && type === 'table_close')
  const rows = []
  for (const [index, { type, map }] of tokens.slice(start, end).entries()) {
    if (type === 'tr_open') rows.push({ line: map[0] + 1, cells: [] })
    if (type === 'inline') rows.at(-1).cells.push(readCell(tokens[start + index]))
  }
  const [head, ...others] = rows
  return { line: head.line, head: head.cells, rows: others }
}

function readCell({ content, children }) {
  const texts = children.filter(({ type }) => type === 'text' || type === 'code_inline')
  return {
    text: texts.map(({ content: part }) => part).join(''),
    codes: children.filter(({ type }) => type === 'code_inline').map(({ content: code }) => code),
    // What is left without its code: words that claim nothing, or claim what nobody checks.
    prose: children.some(({ type }) => type === 'code_inline')
      ? texts
          .filter(({ type }) => type === 'text')
          .map(({ content: part }) => part)
          .join(' ')
      : content,
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
