import { Octokit } from '@octokit/core'
import ky from 'ky'
import OpenAI from 'openai'
import createOpenApiClient from 'openapi-fetch'
import { Stripe } from 'stripe'
import { createClient } from '../packages/sdk/dist/index.js'

const ROOT = 'https://tickets.example.test/api/v1'

// The token and the request id have the length of real ones.
const TOKEN = 'atc_bench_0123456789abcdef0123456789abcdef'
const REQUEST_ID = '00000000-0000-4000-8000-00000000000f'

/** The name of the SDK's client with all features on. */
export const EVERYTHING_ON = 'ours, everything on'

/** All clients, each with a function that makes the call of the benchmark. The first one is the baseline of the ratios. */
export async function createClients(benchmark) {
  const {
    method = 'GET',
    path,
    pattern: [pattern, params],
    body,
    reply,
    callWithSdk,
    limits = {},
  } = benchmark
  const fetch = createFetch(benchmark)
  const url = `${ROOT}${path}`
  const init = body && { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }

  const kyClient = ky.create({ fetch })
  const openapi = createOpenApiClient({ baseUrl: ROOT, fetch })
  const octokit = new Octokit({ baseUrl: ROOT, request: { fetch } })
  const openai = new OpenAI({ apiKey: TOKEN, baseURL: ROOT, fetch })
  const stripe = new Stripe(TOKEN, { host: 'tickets.example.test', httpClient: Stripe.createFetchHttpClient(fetch) })

  const warnings = []
  const onWarning = (warning) => warnings.push(warning)
  const sdkCall = (options) => {
    const client = createClient({ baseUrl: ROOT, token: TOKEN, consumer: 'bench@1', fetch, ...options })
    return () => callWithSdk(client)
  }

  const clients = [
    { name: 'bare fetch + json', call: async () => (await fetch(url, init)).json() },
    { name: 'openapi-fetch', call: () => openapi[method](pattern, { params: { path: params }, body }) },
    { name: 'stripe, generic request', call: () => stripe.rawRequest(method, `/api/v1${path}`, body) },
    { name: 'ky', call: () => kyClient(url, { method, json: body }).json() },
    { name: 'openai, generic request', call: () => openai[method.toLowerCase()](path, { body }) },
    { name: '@octokit/core', call: () => octokit.request(`${method} ${pattern}`, { ...params, ...body }) },
    {
      name: EVERYTHING_ON,
      call: sdkCall({ onDrift: onWarning, onDeprecation: onWarning }),
      limit: limits.everythingOn,
    },
    {
      name: 'ours, validation off',
      call: sdkCall({ validation: 'off', onDeprecation: onWarning }),
      limit: limits.validationOff,
    },
  ]
  // A client that does not return the reply would appear to be fast.
  for (const { name, call } of clients)
    if (!JSON.stringify(await call()).includes(distinctiveTextOf(reply)))
      throw new Error(`${name} did not return the reply`)
  // The replies are valid and no old name is used, so a warning means that the benchmark measures something else.
  if (warnings.length > 0) throw new Error(`the SDK reported ${JSON.stringify(warnings)}`)
  return clients
}

/** A `fetch` that replies from memory. */
function createFetch({ replyToReads, reply }) {
  const headers = { 'Content-Type': 'application/json', 'API-Generation': 'current', 'X-Request-Id': REQUEST_ID }
  const text = JSON.stringify(reply)
  if (replyToReads === undefined) return async () => new Response(text, { headers })

  const textOfReads = JSON.stringify(replyToReads)
  return async (request, init) =>
    new Response((init?.method ?? request.method) === 'GET' ? textOfReads : text, { headers })
}

const distinctiveTextOf = (reply) => JSON.stringify(reply.id ?? reply.items[99].title)
