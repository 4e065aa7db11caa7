// docs/openapi: the OpenAPI document of each generation, for tools and readers that do not run our code.
import { GENERATIONS } from '@ai-ticket-creator/domain'
import { openApiDocument } from '@ai-ticket-creator/domain/openapi'
import { jsonDocument } from './json.mjs'

export const openApiDocuments = GENERATIONS.map((generation) =>
  jsonDocument(`docs/openapi/${generation}.json`, () => openApiDocument({ generation })),
)
