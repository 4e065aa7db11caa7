import { GENERATIONS } from '@ai-ticket-creator/domain'
import { expect, test } from 'vitest'
import { toCollection, toEnvironment } from '../src/postman/collection.ts'

test.each(GENERATIONS)('docs/postman has the collection of %s', async (generation) => {
  await expect(`${JSON.stringify(toCollection(generation), undefined, 2)}\n`).toMatchFileSnapshot(
    `../../../docs/postman/${generation}.postman_collection.json`,
  )
})

test('docs/postman has an environment without a token', async () => {
  await expect(`${JSON.stringify(toEnvironment(), undefined, 2)}\n`).toMatchFileSnapshot(
    '../../../docs/postman/local.postman_environment.json',
  )
})
