import { afterAll, expect, test } from 'vitest'
import { readGuides } from '../../examples/test/guide.ts'
import { copyFiles } from '../../examples/test/reader.ts'
import { matches, openTerminal, readSteps } from '../../examples/test/terminal.ts'
import { createOutside, pinned } from './outside.ts'

// The guide for pipelines promises a team fifteen minutes. It is followed as it is printed, with the packed tarballs.

const guide = readGuides().find(({ slug }) => slug === '08-contract-in-ci')
const { folder = '', commands = [], consoles = [] } = guide ?? {}
const installed = commands
  .flatMap((block) => block.trim().split('\n'))
  .filter((line) => line.startsWith('npm install '))
  .flatMap((line) => line.split(' ').slice(2))
const theirs = installed.filter((word) => !word.startsWith('-') && !word.startsWith('@ai-ticket-creator/'))
const outside = await createOutside(...theirs.map(pinned))
afterAll(() => outside[Symbol.dispose]())

test('the guide for pipelines installs what it uses, and every command prints what it shows', async () => {
  copyFiles(folder, outside.folder)
  using terminal = await openTerminal(outside, consoles)

  expect(installed).toContain('@ai-ticket-creator/test-utils')
  for (const { command, expected } of readSteps(consoles)) {
    const output = await terminal.type(command)
    expect(`$ ${command}\n${output}`).toBe(`$ ${command}\n${matches(expected, output) ? output : expected.join('\n')}`)
  }
})
