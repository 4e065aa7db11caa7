import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { type Guide, readGuides } from './test/guide.ts'

const guides = readGuides()
const reportedLines = linesReportedByLinter(
  guides.flatMap(({ folder }) => [join(folder, 'before.ts'), join(folder, 'after.ts')]),
)

test.each(guides)('a linter reports every deprecated name in the old program of $slug', (guide) => {
  expect(linesWithOldNames(guide).filter((line) => !reportedLines.includes(line))).toEqual([])
})

test.each(guides)('a linter reports no deprecated name in the new program of $slug', ({ slug }) => {
  expect(reportedLines.filter((line) => line.startsWith(`examples/${slug}/after.ts:`))).toEqual([])
})

/** The lines that `typescript/no-deprecated` reports, as `file:line`. */
function linesReportedByLinter(files: readonly string[]): readonly string[] {
  const args = ['--type-aware', '-A', 'all', '-D', 'typescript/no-deprecated', '--format', 'json', ...files]
  const { stdout } = spawnSync('oxlint', args, { encoding: 'utf8' })
  // This is the form of its JSON output.
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { filename: string; labels: [{ span: { line: number } }] }[]
  }
  return diagnostics.map(({ filename, labels: [{ span }] }) => `${relative('.', filename)}:${span.line}`)
}

/** The lines with an old name of the guide. None for a program that calls `fetch`: it has no types, so a linter cannot help. */
function linesWithOldNames({ folder, fields }: Guide): readonly string[] {
  const file = join(folder, 'before.ts')
  const code = readFileSync(file, 'utf8').replaceAll(/'[^'\n]*'|^\/\/.*/gm, '')
  if (/\bfetch\b/.test(code)) return []

  const old = new RegExp(`\\b(${fields.flatMap((field) => field.old).join('|')})\\b`)
  return code.split('\n').flatMap((line, index) => (old.test(line) ? [`${relative('.', file)}:${index + 1}`] : []))
}
