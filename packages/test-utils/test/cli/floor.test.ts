import { expect, test } from 'vitest'
import { tooOld } from '../../src/cli/node-version.ts'

test.each(['22.12.0', '22.13.1', '24.0.0', '100.1.0'])('Node %s runs the command', (version) => {
  expect(tooOld(version, '>=22.12')).toBeUndefined()
})

test.each(['20.20.2', '22.11.9', '18.0.0'])('Node %s is told which one is needed', (version) => {
  expect(tooOld(version, '>=22.12')).toBe(`ai-ticket-creator-verify needs Node >=22.12; this is ${version}`)
})
