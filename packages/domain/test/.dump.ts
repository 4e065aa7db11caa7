import { writeFileSync } from 'node:fs'
import { openApiDocument } from '@ai-ticket-creator/domain/openapi'

for (const generation of ['legacy', 'transitional', 'current'] as const) {
  console.time(generation)
  const d = openApiDocument({ generation })
  console.timeEnd(generation)
  writeFileSync(`/tmp/oa-${generation}.json`, JSON.stringify(d, null, 1))
}
