import { openApiDocument } from '@ai-ticket-creator/domain/openapi'
import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'

/** Lets pages of other origins call the API, with every header that the OpenAPI documents list. Does nothing without origins. */
export function allowOrigins(origins: readonly string[]): MiddlewareHandler {
  if (origins.length === 0) return (_context, next) => next()

  // The transitional document has the headers of all generations.
  const { headers, parameters } = openApiDocument({ generation: 'transitional' }).components
  return cors({
    origin: origins.includes('*') ? '*' : [...origins],
    allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: ['Authorization', 'Content-Type', ...Object.values(parameters).map(({ name }) => name)],
    exposeHeaders: Object.keys(headers),
    maxAge: 600,
  })
}
