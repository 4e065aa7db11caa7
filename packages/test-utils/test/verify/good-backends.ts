import type { Generation } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { Fetch } from '../../src/core/fetch.ts'

/** A backend that differs from the reference in a way that the contract allows. */
export interface GoodBackend {
  readonly name: string
  readonly generation: Generation
  /** The path of a gateway before `/api/v1`. */
  readonly prefix?: string
  /** Changes bodies before the reference app receives them, because it does not accept the backend's own fields and formats. */
  readonly received?: (text: string) => string
  readonly wrap: (fetch: Fetch) => Fetch
}

export const goodBackends: readonly GoodBackend[] = [
  onBody('the keys of objects are in another order', 'transitional', (value) =>
    isJsonObject(value) ? Object.fromEntries(Object.entries(value).toReversed()) : value,
  ),
  onText('JSON is indented, and characters are escaped', 'current', (text) =>
    JSON.stringify(JSON.parse(text), undefined, 4).replaceAll(/[^\0-\x7f]/g, escapeCharacter),
  ),
  onHeaders('headers have other names and values', 'transitional', (headers) => {
    headers.set('Content-Type', 'application/json; charset=utf-8')
    headers.append('Vary', 'Accept-Encoding')
    headers.set('API-Capabilities', `${headers.get('API-Capabilities') ?? ''},a-new-one`)
    headers.set('Strict-Transport-Security', 'max-age=31536000')
    headers.append('Set-Cookie', 'route=a; Path=/')
  }),
  {
    ...onBody('rows and problems have more fields', 'current', (value) =>
      isJsonObject(value) && ('id' in value || 'detail' in value) ? { ...value, a_new_field: { inner: [1] } } : value,
    ),
    // The backend accepts its own field when a row is sent back.
    received: (text) => text.replaceAll(/"a_new_field":\{"inner":\[1\]\},?/g, '').replaceAll(',}', '}'),
  },
  onTimes('times have milliseconds', 'transitional', (time) => time.replace(/(\.\d{3})\d{3}Z$/, '$1Z')),
  onTimes('times have no fraction if it is zero', 'current', (time) =>
    time.replace(/\.?0+Z$/, 'Z').replace(/:Z$/, ':00Z'),
  ),
  onTimes('times have the offset +00:00', 'legacy', (time) => time.replace(/Z$/, '+00:00')),
  {
    name: 'replies are slower',
    generation: 'current',
    wrap: (fetch) => async (input, init) => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      return await fetch(input, init)
    },
  },
  {
    name: 'a rate limit refuses every twentieth request',
    generation: 'transitional',
    wrap: interrupting(20, () =>
      Response.json({ message: 'slow down' }, { status: 429, headers: { 'Retry-After': '0' } }),
    ),
  },
  {
    name: 'a gateway answers some requests itself',
    generation: 'current',
    wrap: interrupting(301, (count) => {
      const status = [502, 503, 504][count % 3] ?? 503
      return new Response('<h1>Bad gateway</h1>', {
        status,
        headers: { 'Content-Type': 'text/html', 'Retry-After': '0' },
      })
    }),
  },
  { name: 'it is behind a gateway prefix', generation: 'transitional', prefix: '/tickets/v2', wrap: (fetch) => fetch },
  onBody('texts of problems are others', 'legacy', (value) =>
    isJsonObject(value) && typeof value['msg'] === 'string' ? { ...value, msg: 'no', ctx: { why: 'so' } } : value,
  ),
]

function onHeaders(name: string, generation: Generation, edit: (headers: Headers) => void): GoodBackend {
  return {
    name,
    generation,
    wrap: (fetch) => async (input, init) => {
      const reply = await fetch(input, init)
      const headers = new Headers(reply.headers)
      edit(headers)
      return new Response(reply.body, { status: reply.status, headers })
    },
  }
}

function onText(name: string, generation: Generation, edit: (text: string) => string): GoodBackend {
  return {
    name,
    generation,
    wrap: (fetch) => async (input, init) => {
      const reply = await fetch(input, init)
      const text = await reply.text()
      return new Response(text === '' ? null : edit(text), { status: reply.status, headers: reply.headers })
    },
  }
}

/** Changes every value of a body, inner ones first. */
function onBody(name: string, generation: Generation, edit: (value: unknown) => unknown): GoodBackend {
  return onText(name, generation, (text) => JSON.stringify(JSON.parse(text, (_, value: unknown) => edit(value))))
}

/** Changes times in replies. A time that is sent back as it was shown is the stored one. */
function onTimes(name: string, generation: Generation, edit: (time: string) => string): GoodBackend {
  const stored = new Map<string, string>()
  const show = (time: string): string => {
    stored.set(edit(time), time)
    return edit(time)
  }
  return {
    ...onText(name, generation, (text) =>
      text.replaceAll(
        /("[a-z_]+_(?:at|date|check)": ?")([\d-]{10}T[\d:.]+Z)"/g,
        (_, key: string, time: string) => `${key}${show(time)}"`,
      ),
    ),
    received: (text) => text.replaceAll(/[\d-]{10}T[\d:.]+(?:Z|\+00:00)/g, (time) => stored.get(time) ?? time),
  }
}

/** Answers every nth request itself; the request does not reach the backend. */
function interrupting(nth: number, answer: (count: number) => Response): GoodBackend['wrap'] {
  return (fetch) => {
    let requests = 0
    return async (input, init) => {
      requests += 1
      return requests % nth === 0 ? answer(requests / nth) : await fetch(input, init)
    }
  }
}

const escapeCharacter = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
