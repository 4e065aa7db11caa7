import { type EndpointId, endpointOf } from '@ai-ticket-creator/domain'
import { invalid, Refusal } from './refusal.ts'

/** The body of a request as JSON; undefined when there is none, or when the endpoint reads none. */
export async function readJson(endpointId: EndpointId, request: Request, limit: number): Promise<unknown> {
  if (endpointOf(endpointId).body === undefined || request.body === null) return undefined

  const bytes = await readBytes(request.body, limit)
  if (bytes.length === 0) return undefined

  const type = request.headers.get('Content-Type')
  if (type !== null && !/^\s*application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type))
    throw new Refusal('unsupported_media_type', 'send the body as `Content-Type: application/json`')

  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    // The parser's own message quotes the text, which may hold credentials.
    throw invalid([
      { type: 'json_invalid', loc: ['body'], msg: 'the body is not valid JSON', code: 'validation_failed' },
    ])
  }
}

async function readBytes(body: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  // Leaving the loop early cancels the stream.
  for await (const chunk of body) {
    length += chunk.length
    if (length > limit) throw new Refusal('payload_too_large', `the body is longer than ${limit} bytes`)
    chunks.push(chunk)
  }
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}
