import { type EndpointId, endpointOf } from '@ai-ticket-creator/domain'
import { invalid, Refusal } from '../errors/problem-error.ts'

/** The body of a request as JSON; undefined when there is none, or when the endpoint reads none. */
export async function readJson(endpointId: EndpointId, request: Request, limit: number): Promise<unknown> {
  if (endpointOf(endpointId).body === undefined || request.body === null) return undefined

  const bytes = await readBytes(request.body, limit)
  if (bytes.length === 0) return undefined

  const type = request.headers.get('Content-Type')
  if (type !== null && !/^\s*application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type))
    throw new Refusal('unsupported_media_type', 'send the body as `Content-Type: application/json`')

  const json = parse(bytes)
  if (nestsDeeperThan(LEVELS_AT_MOST, json)) throw wrongBody(`the body nests deeper than ${LEVELS_AT_MOST} levels`)
  return json
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    // The parser's own message quotes the text, which may hold credentials.
    throw wrongBody('the body is not valid JSON')
  }
}

const wrongBody = (msg: string): Refusal =>
  invalid([{ type: 'json_invalid', loc: ['body'], msg, code: 'validation_failed' }])

// JSON.parse takes any depth; copying a row and writing a reply would run out of stack.
const LEVELS_AT_MOST = 100

function nestsDeeperThan(limit: number, json: unknown): boolean {
  let level = [json].filter(isContainer)
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === limit) return true
    level = level.flatMap((container) => Object.values(container).filter(isContainer))
  }
  return false
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null

async function readBytes(body: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array> {
  const reader = body.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (let chunk = await next(reader); chunk !== undefined; chunk = await next(reader)) {
    chunks.push(chunk)
    length += chunk.length
    if (length > limit) {
      // Not awaited: of a request that was cloned it would wait until the other half is given up as well.
      void reader.cancel().catch(() => {})
      throw new Refusal('payload_too_large', `the body is longer than ${limit} bytes`)
    }
  }
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}

async function next(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | undefined> {
  try {
    const { value } = await reader.read()
    return value
  } catch {
    // Who hangs up in the middle waits for no answer, and nothing of ours failed.
    throw wrongBody('the body ended early')
  }
}
