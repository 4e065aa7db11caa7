import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import MarkdownIt from 'markdown-it'
import { expect, test } from 'vitest'

// The links of the pages are checked by `npm test -- links`.
const pages = globSync(['*.md', 'docs/*.md', 'docs/postman/*.md', 'decisions/*.md', '{packages,examples}/**/*.md'], {
  exclude: ['**/node_modules/**', '**/etc/**', '**/CHANGELOG.md'],
})
const blocks = pages.flatMap(readBlocks)
const unchecked = ['text', 'diff', 'http', 'mermaid', 'console']

interface Block {
  readonly page: string
  readonly line: number
  /** The language, or a language and the file that the block quotes. */
  readonly info: string
  readonly content: string
}

test('every block has a known language', () => {
  const known = ['ts', 'json', 'sh', ...unchecked]

  expect(blocks.filter(({ info }) => !known.includes(info) && !/^\w+ \S+\.\w+$/.test(info)).map(placeOf)).toEqual([])
})

test('the TypeScript of every page compiles', () => {
  const folder = resolve('.tmp/pages')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const snippets = blocks.filter(({ info }) => info === 'ts')
  for (const block of snippets)
    writeFileSync(join(folder, `${placeOf(block).replaceAll(/[/:]/g, '_')}.ts`), block.content)

  expect(snippets.length).toBeGreaterThan(20)
  expect(typeErrorsIn(folder)).toBe('')
})

test('the compiler finds a mistake in a block', () => {
  const folder = resolve('.tmp/pages-with-a-mistake')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'block.ts'), "import { jira } from '@ai-ticket-creator/domain'\n\njira()\n")

  expect(typeErrorsIn(folder)).toContain('TS2305')
})

test.each(blocks.filter(({ info }) => info === 'json'))('the JSON at $page:$line parses', ({ content }) => {
  expect(() => JSON.parse(content)).not.toThrow()
})

test.each(blocks.filter(({ info }) => info.includes(' ')))('the lines at $page:$line are in the file', (block) => {
  const [, file = ''] = block.info.split(' ')

  expect(readFileSync(join(dirname(block.page), file), 'utf8')).toContain(block.content)
})

test.each(blocks.filter(({ info }) => info === 'sh'))('the commands at $page:$line exist', ({ content }) => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
  const lines = content
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())

  for (const [, script] of content.matchAll(/\bnpm run ([\w:-]+)/g)) expect(Object.keys(scripts)).toContain(script)
  for (const [, file = ''] of content.matchAll(/\b(?:node|bash) ([\w/]+\.\w+)/g)) expect(existsSync(file)).toBe(true)
  expect(lines.filter((line) => line !== '' && !/^(?:npm|npx|node|bash|git|cd|curl|export) /.test(line))).toEqual([])
})

function readBlocks(page: string): Block[] {
  return new MarkdownIt()
    .parse(readFileSync(page, 'utf8'), {})
    .filter(({ type }) => type === 'fence')
    .map(({ info, content, map }) => ({ page, line: (map?.[0] ?? 0) + 1, info, content }))
}

function placeOf({ page, line }: Block): string {
  return `${page}:${line}`
}

/** Compiles the files of a folder with the options of our own code, except that a snippet may declare unused names. */
function typeErrorsIn(folder: string): string {
  const compilerOptions = { types: ['node'], typeRoots: [resolve('node_modules/@types')], noUnusedLocals: false }
  const config = { extends: resolve('tsconfig.base.json'), compilerOptions, include: ['*.ts'] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  return spawnSync('tsc', ['-p', folder, '--pretty', 'false'], { encoding: 'utf8' }).stdout
}
