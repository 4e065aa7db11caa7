import { expect, test } from 'vitest'
import { annotations } from '../../src/reporters/github.ts'
import { junit } from '../../src/reporters/junit.ts'
import { markdown } from '../../src/reporters/markdown.ts'
import { pretty } from '../../src/reporters/pretty.ts'
import { aFinding, theFindings } from './samples.ts'

const warned = theFindings({
  outcome: 'passed',
  items: [
    aFinding({ id: 'a', title: 'an old name', severity: 'warning' }),
    aFinding({ id: 'b', severity: 'warning', known: true }),
    aFinding({ id: 'c', outcome: 'passed' }),
  ],
})

test('pretty marks warnings and counts them apart', () => {
  const text = pretty(warned)

  expect(text).toMatch(/^! an old name {2}a$/m)
  expect(text).toContain('passed: 1 passed, 1 with a warning, 1 known to fail, in')
  expect(text).not.toContain('✗')
})

test('JUnit marks warnings as skipped, so that they do not fail a build', () => {
  const text = junit(warned)

  expect(text).toContain('failures="0" errors="0" skipped="2"')
  expect(text).toContain('<skipped>a warning: an old name')
  expect(text).not.toContain('<failure')
})

test('Markdown has a section for warnings', () => {
  expect(markdown(warned)).toContain('### Warnings\n\n- **an old name** at `integrations.list` (`a`)')
})

test('GitHub shows warnings after failures', () => {
  const text = annotations(theFindings({ items: [...warned.items, aFinding({ id: 'd' })] }))

  expect(text.split('\n').map((line) => line.split(' ')[0])).toEqual([
    '::notice',
    '::error',
    '::warning',
    '::notice',
    '',
  ])
})
