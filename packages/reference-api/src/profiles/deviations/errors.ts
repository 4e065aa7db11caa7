import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import { RawFailureError } from '../../errors/raw-failure.ts'
import { onEndpoints } from '../hook-builders.ts'
import { ALL, BEFORE_LATEST, CURRENT, type ErrorReply, type FailedRequest, LATEST, type Row } from '../hooks.ts'
import { routeFailure } from '../messages.ts'
import { sentValue } from '../sent-value.ts'

/** Bodies and texts of errors. */
export const errors: readonly Row[] = [
  {
    id: 'errors-without-code',
    profiles: ALL,
    source: 'error-bodies',
    summary: 'An error has only `detail`: no code, reason, candidates or replacement.',
    error: (reply) => ({ ...reply, body: { detail: detailOf(reply) } }),
  },
  {
    id: 'validation-echoes-input',
    profiles: ALL,
    source: 'validation-errors',
    summary:
      'Each item of a 422 has an `input`: the value as sent, or the whole body where a field is missing or a rule over the body fails. Credentials appear in clear text.',
    note: 'The texts of the items are those of the reference app; in the existing backend they depend on library versions.',
    error: (reply, failed) => {
      const issues = detailOf(reply)
      if (!Array.isArray(issues)) return reply
      return { ...reply, body: { detail: issues.filter(isJsonObject).map((issue) => withInput(issue, failed)) } }
    },
  },
  {
    id: '405-text',
    profiles: ALL,
    source: 'paths-and-redirects',
    summary: '405 is `{"detail":"Method Not Allowed"}`.',
    error: (reply) => (reply.status === 405 ? withDetail(reply, 'Method Not Allowed') : reply),
  },
  {
    id: 'allow-of-the-first-route',
    profiles: ALL,
    source: 'paths-and-redirects',
    assumed: true,
    summary: '`Allow` of a 405 names the method of the first matching route only.',
    error: (reply) => {
      const { Allow: methods } = reply.headers
      if (methods === undefined) return reply
      return { ...reply, headers: { ...reply.headers, Allow: methods.split(', ')[0] ?? '' } }
    },
  },
  {
    id: 'no-head',
    profiles: ALL,
    source: 'paths-and-redirects',
    assumed: true,
    summary: 'HEAD is a 405 on every known path.',
    refusesHead: true,
  },
  {
    id: 'other-media-types-are-422',
    profiles: ALL,
    source: 'how-requests-are-read',
    assumed: true,
    summary: 'A body with another media type than JSON is a 422 about the whole body, not a 415.',
    error: (reply) => {
      if (reply.status !== 415) return reply
      const msg = 'the body must be an object'
      return {
        ...reply,
        status: 422,
        body: { detail: [{ type: 'model_attributes_type', loc: ['body'], msg, input: null }] },
      }
    },
  },
  {
    id: 'absolute-redirects',
    profiles: ALL,
    source: 'paths-and-redirects',
    assumed: true,
    summary: 'The `Location` of the redirect to the path with or without its last slash is absolute.',
    absoluteRedirects: true,
  },
  {
    id: '401-texts',
    profiles: BEFORE_LATEST,
    source: 'authentication',
    assumed: true,
    summary:
      'The text of a 401 is `Not authenticated` without a token, `Invalid authentication credentials` with a wrong one.',
    error: (reply, { request }) => {
      if (reply.status !== 401) return reply
      const hasToken = /^Bearer +\S/i.test(request.headers.get('Authorization') ?? '')
      return withDetail(reply, hasToken ? 'Invalid authentication credentials' : 'Not authenticated')
    },
  },
  {
    id: '401-text',
    profiles: LATEST,
    source: 'authentication',
    summary: 'The text of a 401 is always `Authentication required`.',
    error: (reply) => (reply.status === 401 ? withDetail(reply, 'Authentication required') : reply),
  },
  {
    id: 'patch-404-text',
    profiles: CURRENT,
    source: 'error-texts',
    summary: 'The text of the 404 of PATCH /tickets/{ticket_id} is `Ticket not found or not accessible`.',
    error: onEndpoints(['tickets.update'], (reply: ErrorReply, _failed: FailedRequest) =>
      reply.status === 404 ? withDetail(reply, 'Ticket not found or not accessible') : reply,
    ),
  },
  {
    id: 'failures-of-routes',
    profiles: ALL,
    source: 'error-texts',
    assumed: true,
    summary:
      'A failure inside a route is a 500 with a fixed text for integrations; for tickets the text of the exception is appended, with SQL and parameters.',
    note: 'Not every text is recorded; the others follow the same pattern.',
    error: (reply, { error, endpointId, authenticated }) => {
      if (reply.status !== 500 || error instanceof RawFailureError || endpointId === undefined || !authenticated)
        return reply
      return withDetail(reply, routeFailure(endpointId, error instanceof Error ? error.message : String(error)).detail)
    },
  },
  {
    id: 'failures-outside-of-routes',
    profiles: ALL,
    source: 'error-bodies',
    summary: 'A failure before a route is entered is a 500 in plain text, `Internal Server Error`.',
    error: (reply, { error, authenticated }) => {
      if (reply.status !== 500 || error instanceof RawFailureError || authenticated) return reply
      return { ...reply, body: 'Internal Server Error', headers: { 'Content-Type': 'text/plain; charset=utf-8' } }
    },
  },
]

const detailOf = ({ body }: ErrorReply): unknown => (isJsonObject(body) ? body['detail'] : undefined)

const withDetail = (reply: ErrorReply, detail: string): ErrorReply => ({ ...reply, body: { detail } })

function withInput(issue: Readonly<Record<string, unknown>>, failed: FailedRequest) {
  const { type, loc, msg } = issue
  const path = Array.isArray(loc) ? loc.map((step: unknown) => step as string | number) : []
  // A missing field has no value; the input is the object without it.
  const inputPath = type === 'missing' && path.length > 1 ? path.slice(0, -1) : path
  const isWholeBody = path.length === 1 && type === 'value_error'
  return { type, loc, msg, input: sentValue(inputPath, failed), ...(isWholeBody && { ctx: { error: {} } }) }
}
