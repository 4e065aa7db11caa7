import { type EndpointId, endpointOf, type JsonObject } from '@ai-ticket-creator/domain'
import { freeFieldsOf, isJsonObject, parseExactJson } from '@ai-ticket-creator/domain/internal'
import { invalid, MalformedJsonError, ProblemError } from '../errors/problem-error.ts'

/**
 * The body of a request as JSON; undefined for an empty body. An endpoint without a body in the contract accepts every body:
 * the fields of an object are returned, to be reported as unknown; any other body counts as empty, even an unreadable one.
 */
export async function parseBody(endpointId: EndpointId, request: Request, limit: number): Promise<unknown> {
  if (request.body === null) return undefined

  const { body } = endpointOf(endpointId)
  if (body === undefined) return parseUnusedBody(request.body, limit)

  const bytes = await readBytes(request.body, limit)
  if (bytes.length === 0) return undefined

  const type = request.headers.get('Content-Type')
  if (type !== null && !/^\s*application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type))
    throw new ProblemError('unsupported_media_type', 'send the body as `Content-Type: application/json`')

  const text = decode(bytes)
  return withExactNumbers(parse(text), text, freeFieldsOf(body))
}

async function parseUnusedBody(body: ReadableStream<Uint8Array>, limit: number): Promise<JsonObject | undefined> {
  try {
    const json = parse(decode(await readBytes(body, limit)))
    return isJsonObject(json) ? json : undefined
  } catch {
    return undefined
  }
}

function parse(text: string): unknown {
  const json = parseJson(text)
  if (nestsDeeperThan(MAX_DEPTH, json)) throw wrongBody(`the body nests deeper than ${MAX_DEPTH} levels`)
  return json
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message quotes the text, which may hold credentials.
    throw new MalformedJsonError(text)
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw wrongBody('the body is not valid JSON')
  }
}

/** Keeps all digits of numbers in free-form fields. Limits are checked in the other fields, so their numbers stay numbers. */
function withExactNumbers(json: unknown, text: string, freeFields: readonly string[]): unknown {
  if (!isJsonObject(json)) return json
  const exact = parseExactJson(text, json)
  if (exact === json) return json
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) =>
      // `exact` was parsed from the same text, so it is an object with the same keys.
      freeFields.includes(name) && isJsonObject(value) ? [name, (exact as JsonObject)[name]] : [name, value],
    ),
  )
}

const wrongBody = (msg: string): ProblemError =>
  invalid([{ type: 'json_invalid', loc: ['body'], msg, code: 'validation_failed' }])

// JSON.parse accepts any depth, but copying a row and writing a reply would overflow the stack.
const MAX_DEPTH = 100

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
      // Not awaited: on a cloned request cancel() waits for the other branch.
      void reader.cancel().catch(() => {})
      throw new ProblemError('payload_too_large', `the body is longer than ${limit} bytes`)
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
    // The client disconnected while sending; no response is needed, and nothing is reported.
    throw wrongBody('the body ended early')
  }
}
