import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createOutside, pinned } from './outside.ts'

// Runs the test programs in the README of test-utils unchanged, with each of the three test runners.

const outside = await createOutside(pinned('msw'), pinned('vitest'), 'jest@30.5.2')
afterAll(() => outside[Symbol.dispose]())

const readme = readFileSync('packages/test-utils/README.md', 'utf8')
const blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, text = '']) => text)
const faults = readFileSync('test-projects/runners/faults.test.js', 'utf8')
const forVitest = blockFor("from 'vitest'")

write('vitest', forVitest, faults)
write('node', blockFor("from 'node:test'"), faults.replace("'vitest'", "'node:test'"))
// For Jest only the import differs, as the README explains.
write('jest', forVitest.replace("'vitest'", "'@jest/globals'"), faults.replace("'vitest'", "'@jest/globals'"))
writeFileSync(join(outside.folder, 'jest/jest.config.js'), 'export default {}\n')

test('the first test and one with faults pass with Vitest', async () => {
  const { output } = await outside.run('npx', ['vitest', 'run', '--dir', 'vitest'])

  expect(output).toContain('Tests  2 passed')
})

test('the first test and one with faults pass with the runner of Node', async () => {
  const { output } = await outside.run(process.execPath, ['--test', 'node/*.test.js'])

  expect(output).toContain('pass 2')
})

test('the first test and one with faults pass with Jest', async () => {
  const modules = { NODE_OPTIONS: '--experimental-vm-modules' }

  const { output } = await outside.run('npx', ['jest', '--rootDir', 'jest'], modules)

  expect(output).toContain('Tests:       2 passed')
})

function blockFor(runner: string): string {
  const found = blocks.filter((text) => text.includes(runner))
  expect(found).toHaveLength(1)
  return found[0] ?? ''
}

function write(folder: string, first: string, second: string): void {
  mkdirSync(join(outside.folder, folder))
  writeFileSync(join(outside.folder, folder, 'first.test.js'), first)
  writeFileSync(join(outside.folder, folder, 'faults.test.js'), second)
}
