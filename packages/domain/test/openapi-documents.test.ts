import { readFileSync } from 'node:fs'
import { GENERATIONS } from '@ai-ticket-creator/domain'
import { openApiDocument } from '@ai-ticket-creator/domain/openapi'
import { expect, test } from 'vitest'

// Compared exactly, so that every change of a document shows in a diff. `npm run docs:update` writes the files.
test.each(GENERATIONS)('docs/openapi has the document of %s', (generation) => {
  const stored = readFileSync(new URL(`../../../docs/openapi/${generation}.json`, import.meta.url), 'utf8')

  const document = openApiDocument({ generation })

  expect(JSON.parse(stored)).toEqual(document)
  expect(JSON.stringify(JSON.parse(stored))).toBe(JSON.stringify(document))
})
