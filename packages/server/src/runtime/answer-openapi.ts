import type { Generation } from '@ai-ticket-creator/domain'
import { openApiDocument } from '@ai-ticket-creator/domain/openapi'

// Made once for each generation, because it takes milliseconds.
const texts = new Map<Generation, string>()

/** Answers `GET /openapi.json`. */
export function answerOpenApi(generation: Generation): Response {
  const text = texts.get(generation) ?? JSON.stringify(openApiDocument({ generation }))
  texts.set(generation, text)
  return new Response(text, { headers: { 'Content-Type': 'application/json' } })
}
