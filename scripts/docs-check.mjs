// A guide that does not compile costs its reader an hour. Every block of every guide is checked: ```ts against the types
// of the workspace, ```json by parsing, ```sh against the scripts there are; and links must lead somewhere.
// A planted guide with one mistake of each kind goes through the same check and must be refused for all of them.
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import MarkdownIt from 'markdown-it'

const guides = globSync(['*.md', 'docs/**/*.md', 'decisions/*.md', 'packages/*/README.md', 'examples/{,*/}README.md'], {
  exclude: ['docs/api/**', '**/CHANGELOG.md'],
})
const folder = resolve('.tmp/docs')
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
const markdown = new MarkdownIt()

const planted = join('.tmp', 'docs', 'planted.md')
const mistakes = [
  ['```ts\nconst wrong: number = "one"\n```', 'TS2322'],
  ["```ts\nimport { jira } from '@ai-ticket-creator/domain'\n\njira\n```", 'TS2305'],
  ['```ts no-check\n```', 'write ```ts'],
  ['```js\n```', '```js is not checked'],
  ['```ts lost.ts\n```', 'there is no'],
  ['```json ../../package.json\nthese are not there\n```', 'does not have these lines'],
  ['```json\n{ a: 1 }\n```', 'JSON'],
  ['```sh\nnpm run lost\n```', 'no script lost'],
  ['```sh\ncurl example.test\n```', 'curl'],
  ['[away](lost.md)', 'lost.md'],
  ['[away](#lost)', '#lost'],
]

rmSync(folder, { recursive: true, force: true })
linkPackages()
writeFileSync(planted, mistakes.map(([text]) => text).join('\n\n'))

const found = [...guides, planted].flatMap((guide) => readGuide(guide))
const complaints = [...found.filter(({ complaint }) => complaint), ...typeErrors(found.filter(({ block }) => block))]

const missed = mistakes.filter(
  ([, words]) => !complaints.some(({ guide, complaint }) => guide === planted && complaint.includes(words)),
)
for (const [text] of missed)
  complaints.push({ guide: 'scripts/docs-check.mjs', line: 0, complaint: `did not see ${text}` })

const real = complaints.filter(({ guide }) => guide !== planted)
const blocks = found.filter(({ guide, block }) => block && guide !== planted)
if (blocks.length === 0)
  real.push({ guide: 'README.md', line: 0, complaint: 'no ```ts block found, so nothing was checked' })

for (const { guide, line, complaint } of real) console.error(`FAILED ${guide}:${line} ${complaint}`)
console.log(`${guides.length} guides, ${blocks.length} TypeScript blocks: ${real.length} complaints`)
process.exit(real.length === 0 ? 0 : 1)

function readGuide(guide) {
  const text = readFileSync(guide, 'utf8')
  const tokens = markdown.parse(text, {})
  // The parser knows no line for a table's cell.
  const lineOf = (target) => text.slice(0, text.indexOf(`(${target}`)).split('\n').length
  const fences = tokens
    .filter(({ type }) => type === 'fence')
    .map((token) => ({ guide, line: token.map[0] + 1, ...readFence(token, guide) }))

  const links = tokens.flatMap((token) =>
    (token.children ?? []).flatMap((child) => {
      const target = child.attrGet('href') ?? child.attrGet('src')
      return target === null || leadsSomewhere(guide, tokens, target)
        ? []
        : [{ guide, line: lineOf(target), complaint: `${target} leads nowhere` }]
    }),
  )
  return [...fences, ...links]
}

function readFence({ info, content }, guide) {
  switch (info) {
    case 'ts':
      return { block: content }
    case 'json':
      return { complaint: jsonError(content) }
    case 'sh':
      return { complaint: content.split('\n').map(commandError).find(Boolean) }
    case 'text':
    case 'diff':
    case 'http':
    case 'mermaid':
    case 'console':
      return {}
    default:
      if (/^\w+ \S+\.\w+$/.test(info))
        return { complaint: quoteError(join(dirname(guide), info.split(' ')[1]), content) }
      return {
        complaint: info.startsWith('ts')
          ? 'write ```ts alone: every block is checked'
          : `\`\`\`${info} is not checked here`,
      }
  }
}

/** A block that names a file is a part of it. */
function quoteError(file, content) {
  if (!existsSync(file)) return `there is no ${file}`
  return readFileSync(file, 'utf8').includes(content) ? undefined : `${file} does not have these lines`
}

function jsonError(content) {
  try {
    JSON.parse(content)
    return undefined
  } catch (error) {
    return error.message
  }
}

function commandError(line) {
  const [command, ...args] = line.replace(/#.*/, '').trim().split(/\s+/)
  if (command === '' || ['git', 'cd'].includes(command)) return undefined
  if (command === 'bash' || command === 'node') return existsSync(args[0]) ? undefined : `there is no ${args[0]}`
  if (command !== 'npm') return `${command} is not a command this check knows`
  if (args[0] === 'test' || args[0] === 'install') return undefined
  return scripts[args[1]] === undefined ? `there is no script ${args[1]}` : undefined
}

function leadsSomewhere(guide, tokens, target) {
  if (/^[a-z]+:/.test(target)) return true
  const [path, anchor] = decodeURI(target).split('#')
  const file = path === '' ? guide : join(dirname(guide), path)
  if (!existsSync(file)) return false
  if (anchor === undefined || !file.endsWith('.md')) return true

  const headings = path === '' ? tokens : markdown.parse(readFileSync(file, 'utf8'), {})
  return headings.some((token, index) => token.type === 'heading_open' && slug(headings[index + 1].content) === anchor)
}

function slug(heading) {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}

function typeErrors(snippets) {
  const files = new Map()
  for (const one of snippets) {
    const file = `in-${one.guide.replaceAll(/[^\w.-]/g, '_')}-${one.line}.ts`
    files.set(file, one)
    writeFileSync(join(folder, file), one.block)
  }
  // A snippet may name a thing without using it; all else is as strict as our own code.
  const compilerOptions = { types: ['node'], typeRoots: [resolve('node_modules/@types')], noUnusedLocals: false }
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: '../../tsconfig.base.json', compilerOptions, include: ['*.ts'] }),
  )

  const { stdout } = spawnSync('tsc', ['-p', folder, '--pretty', 'false'], { encoding: 'utf8' })
  return [...stdout.matchAll(/^(\S+)\((\d+),\d+\): error (.*)$/gm)].map(([, path, line, complaint]) => {
    const one = files.get(relative(folder, resolve(path)))
    return one === undefined
      ? { guide: path, line, complaint }
      : { guide: one.guide, line: one.line + Number(line), complaint }
  })
}

/** What a reader would have installed: our packages, and what they and the examples are built with. */
function linkPackages() {
  for (const manifest of globSync(['packages/*/package.json', 'examples/*/package.json'])) {
    const { name, dependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8'))
    const room = dirname(manifest)
    link(name, room)
    for (const dependency of Object.keys(dependencies)) link(dependency, join(room, 'node_modules', dependency))
  }
}

function link(name, target) {
  const path = join(folder, 'node_modules', name)
  mkdirSync(dirname(path), { recursive: true })
  if (!existsSync(path)) symlinkSync(realpathSync(target), path)
}
