import { Octokit } from '@octokit/core'
import ky from 'ky'
import OpenAI from 'openai'
import createOpenApiClient from 'openapi-fetch'
import { Stripe } from 'stripe'
import { createClient } from '../packages/sdk/dist/index.js'

const ROOT = 'https://tickets.example.test/api/v1'

/** Every client with its way to ask for the reply of a case; the first one is the floor. */
export async function contenders({ path, pattern: [pattern, params], reply, ours, bars }) {
  const text = JSON.stringify(reply)
  const headers = { 'Content-Type': 'application/json', 'API-Generation': 'current', 'X-Request-Id': 'req-1' }
  const fetch = async () => new Response(text, { headers })
  const url = `${ROOT}${path}`

  const kyClient = ky.create({ fetch })
  const openapi = createOpenApiClient({ baseUrl: ROOT, fetch })
  const octokit = new Octokit({ baseUrl: ROOT, request: { fetch } })
  const openai = new OpenAI({ apiKey: 'a-key', baseURL: ROOT, fetch })
  const stripe = new Stripe('a-key', { host: 'tickets.example.test', httpClient: Stripe.createFetchHttpClient(fetch) })

  const news = []
  const hear = (one) => news.push(one)
  const asking = (options) => {
    const client = createClient({ baseUrl: ROOT, token: 'a-token', consumer: 'bench@1', fetch, ...options })
    return () => ours(client)
  }

  const all = [
    { name: 'bare fetch + json', call: async () => (await fetch(url)).json() },
    { name: 'openapi-fetch', call: () => openapi.GET(pattern, { params: { path: params } }) },
    { name: 'stripe, generic request', call: () => stripe.rawRequest('GET', `/api/v1${path}`) },
    { name: 'ky', call: () => kyClient(url).json() },
    { name: 'openai, generic request', call: () => openai.get(path) },
    { name: '@octokit/core', call: () => octokit.request(`GET ${pattern}`, params) },
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

const markOf = (reply) => JSON.stringify(reply.id ?? reply.items[99].title)
