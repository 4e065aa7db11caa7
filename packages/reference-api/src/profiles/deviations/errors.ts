import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import { RawFailure } from '../../errors/raw-failure.ts'
import { ALL, C2, type Circumstances, type ErrorReply, L_C1, on, type Row } from '../hooks.ts'
import { failureOf } from '../messages.ts'

/** The shapes and texts of errors. */
export const errors: readonly Row[] = [
  {
    id: 'errors-without-code',
    profiles: ALL,
    contract: '§4',
    summary: 'An error is a `detail` and nothing else: no code, no reason, no candidates, no replacement.',
    error: (reply) => ({ ...reply, body: { detail: detailOf(reply) } }),
  },
  {
    id: 'validation-echoes-input',
    profiles: ALL,
    contract: '§4',
    summary:
      'Each item of a 422 has an `input`: the value as it came, and the whole body where a field is missing or a rule over the body fails, credentials in clear.',
    note: 'The texts of the items are those of the reference app: they differ by version there.',
    error: (reply, about) => {
      const issues = detailOf(reply)
      if (!Array.isArray(issues)) return reply
      return { ...reply, body: { detail: issues.filter(isJsonObject).map((issue) => withInput(issue, about)) } }
    },
  },
  {
    id: 'one-text-for-methods',
    profiles: ALL,
    contract: '§4',
    summary: '405 is `{"detail":"Method Not Allowed"}`.',
    error: (reply) => (reply.status === 405 ? withDetail(reply, 'Method Not Allowed') : reply),
  },
  {
    id: 'texts-of-401',
    profiles: L_C1,
    contract: '§4',
    assumed: true,
    summary: '401 says `Not authenticated` without a token, `Invalid authentication credentials` with a wrong one.',
    error: (reply, { request }) => {
      if (reply.status !== 401) return reply
      const bearer = /^Bearer +\S/i.test(request.headers.get('Authorization') ?? '')
      return withDetail(reply, bearer ? 'Invalid authentication credentials' : 'Not authenticated')
    },
  },
  {
    id: 'one-text-for-401',
    profiles: C2,
    contract: '§4',
    summary: '401 always says `Authentication required`.',
    error: (reply) => (reply.status === 401 ? withDetail(reply, 'Authentication required') : reply),
  },
  {
    id: 'patch-404-text',
    profiles: ['existing-refactored', 'existing-latest'],
    contract: '§4',
    summary: 'PATCH of a ticket that is not there says `Ticket not found or not accessible`.',
    error: on(['tickets.update'], (reply: ErrorReply, _about: Circumstances) =>
      reply.status === 404 ? withDetail(reply, 'Ticket not found or not accessible') : reply,
    ),
  },
  {
    id: 'failures-of-routes',
    profiles: ALL,
    contract: '§4',
    assumed: true,
    summary:
      'What fails inside a route is a 500: a fixed sentence for integrations, for tickets with the text of the exception, SQL and parameters included.',
    note: 'The verbs of the sentences are ours where the paragraph gives none.',
    error: (reply, { error, endpointId, entered }) => {
      if (reply.status !== 500 || error instanceof RawFailure || endpointId === undefined || !entered) return reply
      return withDetail(reply, failureOf(endpointId, error instanceof Error ? error.message : String(error)).detail)
    },
  },
  {
    id: 'failures-outside-of-routes',
    profiles: ALL,
    contract: '§4',
    summary: 'What fails before a route is entered is a 500 in plain text, `Internal Server Error`.',
    error: (reply, { error, entered }) => {
      if (reply.status !== 500 || error instanceof RawFailure || entered) return reply
      return { ...reply, body: 'Internal Server Error', headers: { 'Content-Type': 'text/plain; charset=utf-8' } }
    },
  },
]

const detailOf = ({ body }: ErrorReply): unknown => (isJsonObject(body) ? body['detail'] : undefined)

const withDetail = (reply: ErrorReply, detail: string): ErrorReply => ({ ...reply, body: { detail } })

function withInput(issue: Readonly<Record<string, unknown>>, about: Circumstances) {
  const { type, loc, msg } = issue
  const place = Array.isArray(loc) ? loc.map((step: unknown) => step as string | number) : []
  // A missing field has no value: the object that lacks it is shown.
  const shown = type === 'missing' && place.length > 1 ? place.slice(0, -1) : place
  const whole = place.length === 1 && type === 'value_error'
  return { type, loc, msg, input: valueAt(shown, about), ...(whole && { ctx: { error: {} } }) }
}

function valueAt([root, ...path]: readonly (string | number)[], { request, params, json }: Circumstances): unknown {
  if (root === 'path') return params?.[String(path[0])] ?? null
  const start: unknown = root === 'query' ? Object.fromEntries(new URL(request.url).searchParams) : json
  const found = path.reduce<unknown>((inner, key) => {
    if (Array.isArray(inner)) return inner[Number(key)]
    return isJsonObject(inner) && Object.hasOwn(inner, key) ? inner[String(key)] : undefined
  }, start)
  return found ?? null
}
