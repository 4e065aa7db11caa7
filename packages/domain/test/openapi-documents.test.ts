import { GENERATIONS } from '@ai-ticket-creator/domain'
import { openApiDocument } from '@ai-ticket-creator/domain/openapi'
import { expect, test } from 'vitest'

// Every change of a document is seen in a diff, wording and order included. `npm run docs:update` writes it.
test.each(GENERATIONS)('docs/openapi has the document of %s', async (generation) => {
  const document = openApiDocument({ generation })

  await expect(`${JSON.stringify(document, undefined, 2)}\n`).toMatchFileSnapshot(
    `../../../docs/openapi/${generation}.json`,
  )
})
