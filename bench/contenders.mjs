import { Octokit } from '@octokit/core'
import ky from 'ky'
import OpenAI from 'openai'
import createOpenApiClient from 'openapi-fetch'
import { Stripe } from 'stripe'
import { createClient } from '../packages/sdk/dist/index.js'

const ROOT = 'https://tickets.example.test/api/v1'

// As long as they usually are.
const TOKEN = 'atc_bench_0123456789abcdef0123456789abcdef'
const REQUEST_ID = '00000000-0000-4000-8000-00000000000f'

/** Every client with its way to ask for the reply of a case; the first one is the floor. */
export async function contenders(one) {
  const {
    method = 'GET',
    path,
    pattern: [pattern, params],
    body,
    reply,
    ours,
    bars = {},
  } = one
  const fetch = answering(one)
  const url = `${ROOT}${path}`
  const asIs = body && { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }

  const kyClient = ky.create({ fetch })
  const openapi = createOpenApiClient({ baseUrl: ROOT, fetch })
  const octokit = new Octokit({ baseUrl: ROOT, request: { fetch } })
  const openai = new OpenAI({ apiKey: TOKEN, baseURL: ROOT, fetch })
  const stripe = new Stripe(TOKEN, { host: 'tickets.example.test', httpClient: Stripe.createFetchHttpClient(fetch) })

  const news = []
  const hear = (one) => news.push(one)
  const asking = (options) => {
    const client = createClient({ baseUrl: ROOT, token: TOKEN, consumer: 'bench@1', fetch, ...options })
    return () => ours(client)
  }

  const all = [
    { name: 'bare fetch + json', call: async () => (await fetch(url, asIs)).json() },
    { name: 'openapi-fetch', call: () => openapi[method](pattern, { params: { path: params }, body }) },
    { name: 'stripe, generic request', call: () => stripe.rawRequest(method, `/api/v1${path}`, body) },
    { name: 'ky', call: () => kyClient(url, { method, json: body }).json() },
    { name: 'openai, generic request', call: () => openai[method.toLowerCase()](path, { body }) },
    { name: '@octokit/core', call: () => octokit.request(`${method} ${pattern}`, { ...params, ...body }) },
    { name: 'ours, everything on', call: asking({ onDrift: hear, onDeprecation: hear }), bar: bars.on },
    { name: 'ours, validation off', call: asking({ validation: 'off', onDeprecation: hear }), bar: bars.off },
  ]
  // A client that gives something else would be fast for nothing.
  for (const { name, call } of all)
    if (!JSON.stringify(await call()).includes(markOf(reply))) throw new Error(`${name} has not read the reply`)
  // And these replies fit, and nothing old is used in them.
  if (news.length > 0) throw new Error(`told of ${JSON.stringify(news)}`)
  return all
}

/** A `fetch` that answers out of memory. */
function answering({ before, reply }) {
  const headers = { 'Content-Type': 'application/json', 'API-Generation': 'current', 'X-Request-Id': REQUEST_ID }
  const text = JSON.stringify(reply)
  if (before === undefined) return async () => new Response(text, { headers })

  const textBefore = JSON.stringify(before)
  return async (request, init) =>
    new Response((init?.method ?? request.method) === 'GET' ? textBefore : text, { headers })
}

const markOf = (reply) => JSON.stringify(reply.id ?? reply.items[99].title)
