import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { type Guide, readGuides } from './test/guide.ts'

const guides = readGuides()
const shown = linesShownByLinter(guides.flatMap(({ folder }) => [join(folder, 'before.ts'), join(folder, 'after.ts')]))

test.each(guides)('a linter shows every deprecated name in the old program of $slug', (guide) => {
  expect(linesWithOldNames(guide).filter((line) => !shown.includes(line))).toEqual([])
})

test.each(guides)('a linter shows no deprecated name in the new program of $slug', ({ slug }) => {
  expect(shown.filter((line) => line.startsWith(`examples/${slug}/after.ts:`))).toEqual([])
})

/** What `typescript/no-deprecated` reports, as `file:line`. */
function linesShownByLinter(files: readonly string[]): readonly string[] {
  const args = ['--type-aware', '-A', 'all', '-D', 'typescript/no-deprecated', '--format', 'json', ...files]
  const { stdout } = spawnSync('oxlint', args, { encoding: 'utf8' })
  // The form of its JSON output.
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { filename: string; labels: [{ span: { line: number } }] }[]
  }
  return diagnostics.map(({ filename, labels: [{ span }] }) => `${relative('.', filename)}:${span.line}`)
}

/** The lines with an old name of the guide. A program that calls `fetch` itself has no types, so no linter helps. */
function linesWithOldNames({ folder, fields }: Guide): readonly string[] {
  const file = join(folder, 'before.ts')
  const code = readFileSync(file, 'utf8').replaceAll(/'[^'\n]*'|^\/\/.*/gm, '')
  if (/\bfetch\b/.test(code)) return []

  const old = new RegExp(`\\b(${fields.flatMap((field) => field.old).join('|')})\\b`)
  return code.split('\n').flatMap((line, index) => (old.test(line) ? [`${relative('.', file)}:${index + 1}`] : []))
}
