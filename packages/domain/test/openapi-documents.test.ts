import { readFileSync } from 'node:fs'
import { GENERATIONS } from '@ai-ticket-creator/domain'
import { openApiDocument } from '@ai-ticket-creator/domain/openapi'
import { expect, test } from 'vitest'

// To the letter, wording and order included: a change of the document is to be seen in a diff. `npm run docs:update` writes it.
test.each(GENERATIONS)('docs/openapi has the document of %s', (generation) => {
  const kept = readFileSync(new URL(`../../../docs/openapi/${generation}.json`, import.meta.url), 'utf8')

  const document = openApiDocument({ generation })

  expect(JSON.parse(kept)).toEqual(document)
  expect(JSON.stringify(JSON.parse(kept))).toBe(JSON.stringify(document))
})
