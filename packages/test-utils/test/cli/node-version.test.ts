import { expect, test } from 'vitest'
import { unsupportedNode } from '../../src/cli/node-version.ts'

test.each(['22.12.0', '22.13.1', '24.0.0', '100.1.0'])('Node %s is supported', (version) => {
  expect(unsupportedNode(version, '>=22.12')).toBeUndefined()
})

test.each(['20.20.2', '22.11.9', '18.0.0'])('the message for Node %s names the version that is needed', (version) => {
  expect(unsupportedNode(version, '>=22.12')).toBe(`ai-ticket-creator-verify needs Node >=22.12; this is ${version}`)
})
