import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readGuides } from './test/guide.ts'
import { createReader } from './test/reader.ts'
import { matches, openTerminal, readSteps } from './test/terminal.ts'

const guides = readGuides().filter(({ consoles }) => consoles.length > 0)

test('one guide has console blocks', () => {
  expect(guides.map(({ slug }) => slug)).toEqual(['08-contract-in-ci'])
})

test.each(guides)('the console blocks of $slug show each exit code of its table', ({ exits, consoles }) => {
  for (const code of exits) expect(consoles.join('')).toContain(`\nexit ${code}\n`)
})

test.each(guides)('every command of $slug prints what the guide shows', async ({ folder, consoles }) => {
  const reader = createReader(folder)
  using terminal = await openTerminal(reader, consoles)

  for (const { command, expected } of readSteps(consoles)) {
    const output = await terminal.runInShell(command)
    expect(`$ ${command}\n${output}`).toBe(`$ ${command}\n${matches(expected, output) ? output : expected.join('\n')}`)
  }

  // The backend that the guide started still runs. The commands of the workflow must pass against it.
  await terminal.runInShell('export BASE_URL=http://127.0.0.1:4010')
  for (const { command, reports } of verifications(reader.folder)) {
    expect(
      await terminal.runInShell(
        `GITHUB_STEP_SUMMARY=summary.md GITHUB_ACTIONS=true sh -c '${command}'; echo "exit $?"`,
      ),
    ).toMatch(/exit 0$/)
    expect(reports.filter((report) => !existsSync(join(reader.folder, report)))).toEqual([])
  }
})

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string }[] }>>
}

/** The commands of the workflows in a folder that call the verification, and the files that they write. */
function verifications(folder: string) {
  // recipes.test.ts checks the form of these files.
  const workflows = globSync('*.yml', { cwd: folder }).map(
    (file) => parse(readFileSync(join(folder, file), 'utf8')) as Workflow,
  )
  const commands = workflows
    .flatMap(({ jobs }) => Object.values(jobs).flatMap(({ steps }) => steps))
    .map(({ run = '' }) => run.trim())
    .filter((run) => run.includes('ai-ticket-creator-verify'))
  return commands.map((command) => ({
    command,
    reports: [
      ...[...command.matchAll(/--format \w+=(\S+)/g)].map(([, file = '']) => file),
      ...(command.includes('--step-summary') ? ['summary.md'] : []),
    ],
  }))
}
