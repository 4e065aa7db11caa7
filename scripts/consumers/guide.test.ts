import { afterAll, expect, test } from 'vitest'
import { readGuides } from '../../examples/test/guide.ts'
import { copyFiles } from '../../examples/test/reader.ts'
import { matches, openTerminal, readSteps } from '../../examples/test/terminal.ts'
import { createOutside, pinned } from './outside.ts'

// Runs the commands of the guide for pipelines unchanged, with the packed tarballs.

const guide = readGuides().find(({ slug }) => slug === '08-contract-in-ci')
const { folder = '', commands = [], consoles = [] } = guide ?? {}
const installed = commands
  .flatMap((block) => block.trim().split('\n'))
  .filter((line) => line.startsWith('npm install '))
  .flatMap((line) => line.split(' ').slice(2))
const thirdParty = installed.filter((word) => !word.startsWith('-') && !word.startsWith('@ai-ticket-creator/'))
const outside = await createOutside(...thirdParty.map(pinned))
afterAll(() => outside[Symbol.dispose]())

test('every command of the guide for pipelines prints what the guide shows', async () => {
  copyFiles(folder, outside.folder)
  using terminal = await openTerminal(outside, consoles)

  expect(installed).toContain('@ai-ticket-creator/test-utils')
  for (const { command, expected } of readSteps(consoles)) {
    const output = await terminal.runInShell(command)
    expect(`$ ${command}\n${output}`).toBe(`$ ${command}\n${matches(expected, output) ? output : expected.join('\n')}`)
  }
})
