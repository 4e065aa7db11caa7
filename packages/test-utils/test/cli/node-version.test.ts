import { expect, test } from 'vitest'
import { unsupportedNode } from '../../src/cli/node-version.ts'

test.each(['22.12.0', '22.13.1', '24.0.0', '100.1.0'])('Node %s is supported', (version) => {
  expect(unsupportedNode(version, '>=22.12')).toBeUndefined()
})

test.each(['20.20.2', '22.11.9', '18.0.0'])('the message for Node %s names the version that is needed', (version) => {
  expect(unsupportedNode(version, '>=22.12')).toBe(`ai-ticket-creator-verify needs Node >=22.12; this is ${version}`)
})

test('a version without numbers is older than any, and one without a minor number is its first', () => {
  expect(unsupportedNode('unknown', '>=22.12')).toContain('this is unknown')
  expect(unsupportedNode('22', '>=22.12')).toContain('this is 22')
  expect(unsupportedNode('23', '>=22.12')).toBeUndefined()
})
