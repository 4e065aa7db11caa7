import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

// The report of the public types also lists what they mention. Shapes and tables are not exported on purpose: each type
// made of one has a name.
test.each(['domain', 'domain.openapi'])('every type that the public types of %s mention is exported', (entry) => {
  const report = readFileSync(new URL(`../etc/${entry}.api.md`, import.meta.url), 'utf8')
  const declared = [...report.matchAll(/^(?:declare )?(?:interface|type|class|enum) (\w+)/gm)].map(([, name]) => name)
  const renamed = [...report.matchAll(/^export \{ (\w+) as \w+ \}/gm)].map(([, name]) => name)

  expect(report).toContain('export')
  expect(declared.filter((name) => !renamed.includes(name))).toEqual([])
})
