import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { ENDPOINT_IDS, endpointOf } from '@ai-ticket-creator/domain'
import { fieldsOf, SECRET_FIELDS } from '@ai-ticket-creator/domain/internal'
import { expect, test } from 'vitest'
import { readSize } from '../../../vitest.sizes.ts'
import { FREE_TEXTS } from '../src/errors/secret-fields.ts'
import { connect, connectTo, failureOf, nthId } from './backend.ts'

// Random, with characters that are easy to miss: quotes, spaces at the ends, letters outside ASCII.
const canary = (kind = '') => `cnry-${randomBytes(9).toString('base64url')}${kind}`

/** What a call sends in secret, each value under a name. */
type Canaries = Readonly<Record<string, string | number>>

// Sent with every call.
const general = () => ({
  token: canary(),
  // It has the form of an error code.
  header: `cnry_${randomBytes(9).toString('hex')}`,
})

const ofIntegration = () => ({
  apiToken: canary(`"'\\`),
  email: `${canary('ÄÖ')}@example.test`,
  padded: ` ${canary()} `,
  nested: canary(),
  webhookSecret: canary(),
  webhookUrl: `https://hooks.example.test/${canary()}`,
  port: Number(`9${randomBytes(5).readUIntBE(0, 5)}`),
})

const input = (secret: ReturnType<typeof ofIntegration>) => ({
  name: 'A',
  platform_name: 'jira' as const,
  credentials: {
    email: secret.email,
    api_token: secret.apiToken,
    padded: secret.padded,
    smtp_port: secret.port,
    more: { list: [secret.nested] },
  },
  webhook_secret: secret.webhookSecret,
  webhook_url: secret.webhookUrl,
})

const canariesOfIntegration = () => ({ ...general(), ...ofIntegration() })

// The ways in which a program may print an error.
function* printedForms(error: unknown): Generator<string> {
  if (!(error instanceof Error)) {
    yield JSON.stringify(error) ?? ''
    return yield inspect(error, { depth: 10 })
  }
  yield error.message
  yield error.stack ?? ''
  yield String(error)
  yield JSON.stringify(error)
  yield inspect(error, { depth: 10, showHidden: true, getters: true })
  yield inspect(structuredClone(error), { depth: 10, showHidden: true })
  for (const key of Reflect.ownKeys(error)) yield inspect(Reflect.get(error, key), { depth: 10, showHidden: true })
  if (error.cause !== undefined) yield* printedForms(error.cause)
}

// In any form: plain, escaped, encoded, trimmed, in another case.
const variantsOf = (secret: string | number): string[] => {
  const text = String(secret).trim()
  return [
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
    Buffer.from(text).toString('base64'),
    Buffer.from(text).toString('base64').replace(/=+$/, ''),
    text.replaceAll('\\', '\\\\').replaceAll("'", "\\'"),
    text.toLowerCase(),
    text.toUpperCase(),
  ]
}

let printedCount = 0
let reportCount = 0

/** Which secrets an error shows, and where: the message of a failing test may show them. */
function leaksOf(error: unknown, secret: Canaries): string[] {
  const variants = Object.entries(secret).flatMap(([kind, value]) =>
    [...new Set(variantsOf(value))].map((variant) => ({ kind, variant })),
  )
  return [...printedForms(error)].flatMap((printed) => {
    printedCount += 1
    return variants.flatMap(({ kind, variant }) =>
      printed.includes(variant) ? [`${kind} as ${variant} in ${printed}`] : [],
    )
  })
}

/** What a careless server may quote: the request, and each secret in all its variants. One at a time, since texts are cut. */
const quotesOf = (secret: Canaries): ((request: Request) => string | Promise<string>)[] => [
  (request) => request.clone().text(),
  (request) => JSON.stringify(Object.fromEntries(request.headers)),
  ...Object.values(secret).map((value) => () => variantsOf(value).join(' ')),
]

type Answer = (request: Request, text: string) => Response | Promise<Response>

const answers: Record<string, Answer> = {
  '422 with the input, as the existing backend sends it': async (request, text) =>
    Response.json(
      {
        detail: [
          {
            type: text,
            loc: ['body', text, 7],
            msg: text,
            code: text,
            replacement: text,
            input: await request.clone().json(),
            ctx: { error: text },
            url: text,
          },
        ],
        code: 'validation_failed',
      },
      { status: 422, headers: { 'X-Request-Id': text.replaceAll(/[^\w-]/g, '').slice(0, 150) } },
    ),
  '422 with a text': (_, text) => Response.json({ detail: text, code: text }, { status: 422 }),
  '400 with a text': (_, text) => Response.json({ detail: text }, { status: 400 }),
  '401 with a text': (_, text) => Response.json({ detail: text }, { status: 401 }),
  '409 with candidates': (_, text) =>
    Response.json(
      {
        detail: text,
        code: 'ambiguous_integration_name',
        candidates: [{ id: text, name: text, platform_name: text, status: text, more: text }],
      },
      { status: 409 },
    ),
  '422 with a reason': (_, text) =>
    Response.json({ detail: text, code: 'integration_unusable', reason: text }, { status: 422 }),
  '409 with a secret for a code': (request) =>
    Response.json({ detail: 'x', code: request.headers.get('X-Api-Key') }, { status: 409 }),
  '422 not found': (_, text) => Response.json({ detail: text, code: 'integration_not_found' }, { status: 422 }),
  '429 with a text': (_, text) =>
    Response.json({ error: text, message: text }, { status: 429, headers: { 'Retry-After': '1' } }),
  '500 with SQL': (_, text) => Response.json({ detail: `INSERT … ${text}` }, { status: 500 }),
  '500 as plain text': (_, text) => new Response(text, { status: 500 }),
  '502 as a page': (_, text) =>
    new Response(`<html>${text}</html>`, { status: 502, headers: { 'Content-Type': 'text/html' } }),
  '200 that is no JSON': (_, text) => new Response(`Log: ${text}`),
  '200 with half of a JSON': (_, text) => new Response(JSON.stringify({ id: text }).slice(0, -2)),
  '200 with a list': (_, text) => Response.json([text]),
  '200 with secrets for fields and words': (_, text) =>
    Response.json({
      ...Object.fromEntries(wordsOf(text).map((word) => [word, word])),
      id: text,
      title: 5,
      status: text,
    }),
  'a redirect': (_, text) =>
    new Response(null, { status: 307, headers: { Location: `https://x.example.test/?${encodeURIComponent(text)}` } }),
  'a lost connection': (request, text) =>
    Promise.reject(
      Object.assign(new TypeError(`fetch failed ${text}`), {
        request,
        headers: Object.fromEntries(request.headers),
        cause: Object.assign(new Error(text), { code: 'ECONNRESET', text, request }),
      }),
    ),
  'a failure with the secret for a code': (_, text) =>
    Promise.reject(Object.assign(new Error(text), { code: text, name: text })),
  'a failure with the secret for a plain code': (request) =>
    Promise.reject(
      Object.assign(new Error('x'), { code: request.headers.get('X-Api-Key')?.toUpperCase(), name: 'Error' }),
    ),
  'a body that breaks off': (_, text) =>
    new Response(
      new ReadableStream({
        start(stream) {
          stream.error(Object.assign(new Error(text), { text }))
        },
      }),
    ),
  silence: () => new Promise<Response>(() => {}),
}

const wordsOf = (text: string): string[] => text.split(/[^\w-]+/).filter((word) => word !== '')

/** The same answer, with what a careless server may write into the headers about old names. */
function withNotices(response: Response, text: string): Response {
  const words = wordsOf(text).slice(0, 40)
  const notices = {
    'Deprecated-Fields': words.flatMap((word) => [word, `${word};use=a`, `a;use=${word}`]).join(', '),
    Deprecation: words.join(' '),
    Sunset: words.join(' '),
    // With several guides, none would be assigned to a name.
    Link: words
      .slice(0, 1)
      .map((word) => `<https://guides.example.test/${word}?a=${word}>; rel="deprecation"`)
      .join(),
  }
  for (const [name, value] of Object.entries(notices)) response.headers.set(name, value)
  return response
}

interface SecretCall {
  readonly secrets: () => Canaries
  readonly send: (client: Client, secret: Canaries, options: object) => Promise<unknown>
}
type Client = ReturnType<typeof connectTo>['client']

const calling = <S extends Canaries>(
  secrets: () => S,
  // The secrets are those that the function beside it has created.
  send: (client: Client, secret: S, options: object) => Promise<unknown>,
): SecretCall => ({ secrets, send: send as SecretCall['send'] })

const named =
  <Name extends string>(...names: Name[]) =>
  () =>
    Object.fromEntries(names.map((name, index) => [name, canary(index === 0 ? `"'\\ Ä` : '')])) as Record<Name, string>

const textsOfTicket = named('notes', 'title', 'description', 'department', 'field', 'summary')
const ticketFields = (secret: ReturnType<typeof textsOfTicket>) => ({
  title: secret.title,
  description: secret.description,
  department: secret.department,
  custom_fields: { deep: [{ secret: secret.field }] },
  internal_notes: secret.notes,
  resolution_summary: secret.summary,
})

const calls: Record<string, SecretCall> = {
  create: calling(ofIntegration, (client, secret, options) =>
    client.integrations.create(input(secret) as never, options),
  ),
  update: calling(ofIntegration, (client, secret, options) => {
    const { credentials, webhook_secret, webhook_url } = input(secret)
    return client.integrations.update(nthId(1), { credentials, webhook_secret, webhook_url }, options)
  }),
  configure: calling(named('channel', 'rule', 'department', 'field'), (client, secret, options) =>
    client.integrations.update(
      nthId(1),
      {
        notification_channels: { chat: secret.channel },
        routing_rules: { rules: [secret.rule] },
        department_mapping: { it: secret.department },
        custom_fields_mapping: { floor: secret.field },
      },
      options,
    ),
  ),
  disable: calling(named('reason'), (client, { reason }, options) =>
    client.integrations.disable(nthId(1), { ...options, reason }),
  ),
  test: calling(named('key', 'nested'), (client, secret, options) =>
    client.integrations.test(nthId(1), { test_data: { api_key: secret.key, more: [{ key: secret.nested }] } }, options),
  ),
  sync: calling(named('filter'), (client, secret, options) =>
    client.integrations.sync(nthId(1), { sync_type: 'full', filters: { project: [secret.filter] } }, options),
  ),
  'draft a ticket': calling(named('input', 'context', 'preference'), (client, secret, options) =>
    client.tickets.createWithAi(
      {
        user_input: secret.input,
        conversation_context: [{ role: 'user', content: secret.context }],
        user_preferences: { phone: secret.preference },
      },
      options,
    ),
  ),
  'change a ticket by PATCH': calling(textsOfTicket, (client, secret, options) =>
    client.tickets.update(nthId(1), ticketFields(secret), options),
  ),
  'change a ticket by PUT': calling(textsOfTicket, (client, secret, options) =>
    client.tickets.update(nthId(1), { ...ticketFields(secret), urgency: 'low' }, options),
  ),
  'replace a ticket': calling(textsOfTicket, (client, secret, options) =>
    client.tickets.replace(nthId(1), ticketFields(secret), options),
  ),
  'tag a ticket': calling(named('tag', 'reason'), (client, secret, options) =>
    client.tickets.update(nthId(1), { tags: [secret.tag], assignment_reason: secret.reason }, options),
  ),
  'set a status': calling(named('notes', 'summary'), (client, { summary, notes }, options) =>
    client.tickets.setStatus(nthId(1), 'closed', { ...options, resolution_summary: summary, internal_notes: notes }),
  ),
  assign: calling(named('reason'), (client, { reason }, options) =>
    client.tickets.assign(nthId(1), nthId(2), { ...options, reason }),
  ),
  'request a path': calling(named('body', 'query'), (client, { body, query }, options) =>
    client.request({ method: 'POST', path: '/hooks', query: { key: query }, body: [{ deep: body }] }, options),
  ),
}

// For paths outside the contract any JSON is a valid reply.
const isFailure = (answer: string, call: string) =>
  !(/^200 with (?:a list|secrets)/.test(answer) && call === 'request a path')

// In turn: each call is tested in each generation, and each generation with each answer. Each pair of an answer and a call quotes
// every third secret. `npm run test:deep -- secrets` quotes all of them.
const generations = ['current', 'legacy'] as const
const QUOTED_EVERY = readSize('SECRETS_EVERY', 3)
const failing = Object.keys(answers).flatMap((answer, row) =>
  Object.keys(calls).flatMap((call, column) =>
    isFailure(answer, call)
      ? [{ answer, call, turn: row + column, generation: generations[(row + column) % 2] ?? 'current' }]
      : [],
  ),
)

test.each(failing)(
  'no secret is shown after $answer to $call in $generation',
  async ({ answer, call, turn, generation }) => {
    const { secrets, send } = calls[call] as SecretCall
    const quotes = quotesOf({ ...general(), ...secrets() }).length
    for (let index = turn % QUOTED_EVERY; index < quotes; index += QUOTED_EVERY) {
      const { token, header } = general()
      const own = secrets()
      const secret = { token, header, ...own }
      const quote = quotesOf(secret)[index] as ReturnType<typeof quotesOf>[number]
      const reported: unknown[] = []
      const noticed = async (request: Request, text: string): Promise<Response> =>
        withNotices(await (answers[answer] as Answer)(request, text), text)
      const { client } = connectTo(
        async (request) =>
          // A read before the write is another request, without secrets.
          request.method === 'GET' ? Response.json(ticket) : noticed(request, await quote(request)),
        {
          generation,
          token: () => token,
          timeout: answer === 'silence' ? 2 : 1000,
          // Without it, the reply would be reported and not be a failure.
          validation: answer.startsWith('200 with secrets') ? 'strict' : 'report',
          onDeprecation: (entry) => reported.push(entry),
          onDrift: (drift) => reported.push(drift),
        },
      )

      const error = await failureOf(send(client, own, { headers: { 'X-Api-Key': header } }))

      expect(leaksOf(error, secret)).toEqual([])
      expect(leaksOf([reported, client.deprecations.entries(), client], secret)).toEqual([])
      reportCount += reported.length
    }
  },
)

const ticket = {
  id: nthId(1),
  assigned_to_id: null,
  department: null,
  resolution_summary: null,
  internal_notes: null,
  custom_fields: null,
  attachments: null,
}

test.each([
  ['a faulty field beside the credentials', { default_priority: 'x' }],
  ['credentials that are no object', { credentials: 'SECRET' }],
  ['a secret where another field should be', { platform_name: 'SECRET', auth_type: 'SECRET' }],
  ['a secret under an old name', { integration_type: 'SECRET' }],
  ['a secret of the wrong kind', { webhook_secret: ['SECRET'] }],
  ['a circle', { credentials: circular() }],
])('%s: the error before a request is sent quotes no value', async (_, change) => {
  const secret = canariesOfIntegration()
  const { client } = connect({ token: secret.token })
  const body = JSON.stringify({ ...input(secret), circle: undefined })
  const faulty = {
    ...JSON.parse(body),
    ...Object.fromEntries(
      Object.entries(change).map(([key, value]) => [
        key,
        value === 'SECRET' ? secret.apiToken : Array.isArray(value) ? [secret.apiToken] : value,
      ]),
    ),
  }

  const error = await failureOf(client.integrations.create(faulty))

  expect(error).toMatchObject({ name: 'InvalidRequestError' })
  expect(leaksOf(error, secret)).toEqual([])
})

function circular() {
  const circle: Record<string, unknown> = { email: 'a', api_token: 'b' }
  circle['circle'] = circle
  return circle
}

test.each([
  [
    'a token',
    (secret: string) => connectTo(() => Response.json([]), { token: () => `${secret}\n` }).client.tickets.list(),
  ],
  ['a header', (secret: string) => connect().client.tickets.list({}, { headers: { 'X-Api-Key': `${secret}\n` } })],
  ['an idempotency key', (secret: string) => connect().client.tickets.list({}, { idempotencyKey: `${secret}\n` })],
])('%s that is no valid header is refused without its value', async (_, call) => {
  const secret = general()

  expect(leaksOf(await failureOf(call(secret.token)), secret)).toEqual([])
})

test('a failed look-up shows no secret either', async () => {
  const secret = general()
  const { client } = connectTo(
    (request) => Response.json({ detail: [...request.headers.values()].join() }, { status: 400 }),
    {
      token: secret.token,
    },
  )

  const error = await failureOf(
    client.tickets.create(
      { title: 'a', description: 'b', integration_name: 'Bugs' },
      { headers: { 'X-Api-Key': secret.header } },
    ),
  )

  expect(error).toMatchObject({ name: 'ApiError', endpoint: 'integrations.list' })
  expect(leaksOf(error, secret)).toEqual([])
})

test('short values are removed as whole words, so that the text stays readable', async () => {
  const { client } = connectTo(() => Response.json({ detail: 'port 25 of a user: a, 2525 areas' }, { status: 400 }))

  const error = await failureOf(
    client.integrations.create({
      name: 'Mail',
      platform_name: 'email',
      auth_type: 'custom',
      credentials: { smtp_host: 'b', smtp_port: 25, username: 'a', password: 'c' },
    }),
  )

  expect(error).toHaveProperty(
    'message',
    'POST /integrations/ was answered with 400: port [redacted] of [redacted] user: [redacted], 2525 areas',
  )
})

test('a secret that begins with another secret is removed completely', async () => {
  const { client } = connectTo(() => Response.json({ detail: 'first-part-second and first-part' }, { status: 400 }))

  const error = await failureOf(
    client.integrations.create({
      name: 'A',
      platform_name: 'zoom',
      auth_type: 'oauth2',
      credentials: { client_id: 'first-part', client_secret: 'first-part-second' },
    }),
  )

  expect(error).toHaveProperty('message', 'POST /integrations/ was answered with 400: [redacted] and [redacted]')
})

test('empty values and lone surrogates cause no error', async () => {
  const { client } = connectTo(() => Response.json({ detail: 'all is well' }, { status: 400 }))

  const error = await failureOf(
    client.integrations.create({
      name: 'A',
      platform_name: 'sms',
      credentials: { api_key: '\ud800 half', empty: '', blank: ' ', nothing: null, yes: true },
    } as never),
  )

  expect(error).toHaveProperty('message', 'POST /integrations/ was answered with 400: all is well')
})

test('each field of each body is classified: secret, free text, or allowed in errors', () => {
  const fields = ENDPOINT_IDS.flatMap((id) => {
    const { body } = endpointOf(id)
    return body === undefined ? [] : fieldsOf(body)
  })
  const showable = [
    'name',
    'platform_name',
    'integration_category',
    'integration_id',
    'auth_type',
    'enabled',
    'base_url',
    'api_version',
    'oauth_scopes',
    'default_priority',
    'supports_categories',
    'supports_priorities',
    'sync_enabled',
    'sync_frequency_minutes',
    'rate_limit_per_hour',
    'notification_events',
    'environment',
    'region',
    'test_types',
    'auto_activate_on_success',
    'sync_type',
    'direction',
    'dry_run',
    'category',
    'priority',
    'urgency',
    'status',
    'assigned_to_id',
    'create_externally',
    'due_date',
    'attachments',
    'uploaded_files',
  ]

  expect([...new Set(fields)].toSorted()).toEqual([...SECRET_FIELDS, ...FREE_TEXTS, ...showable].toSorted())
})

test('all forms of errors were checked', () => {
  expect(printedCount).toBeGreaterThan(5000)
  expect(reportCount).toBeGreaterThan(1000)
})

test.each([
  ['as it is', (text: string) => text],
  ['in JSON', (text: string) => JSON.stringify({ text })],
  ['in a URL', encodeURIComponent],
  ['in Base64', (text: string) => Buffer.from(text).toString('base64')],
  ['cut', (text: string) => text.slice(0, 400)],
])('a long text is removed as well, %s', async (_, variant) => {
  // In the last one, a pair of surrogates lies where a long text is cut.
  const longSecrets = [canary('ä"\\𝄞 ').repeat(8_000), canary('𝄞').repeat(8_000), `x${'𝄞'.repeat(8_000)}`]
  for (const secret of longSecrets) {
    const { client } = connectTo(() => Response.json({ detail: `no: ${variant(secret)}` }, { status: 400 }))

    const error = await failureOf(client.integrations.test(nthId(1), { test_data: { note: secret } }))

    const { message } = error as Error
    expect(message).toMatch(/was answered with 400: no: (\{"text":")?\[redacted\]$/)
  }
})

test('one of 2000 sent texts is removed from a message', async () => {
  const secrets = Array.from({ length: 2_000 }, () => canary('x'.repeat(300)))
  const { client } = connectTo(() => Response.json({ detail: `${secrets[1999]}` }, { status: 400 }))

  const error = await failureOf(client.integrations.test(nthId(1), { test_data: { secrets } }))

  expect((error as Error).message).toMatch(/400: \[redacted\]$/)
})

test.each([
  ['UnverifiableWriteError', () => ({ id: nthId(1) })],
  ['SilentDropError', (text: string) => ({ id: nthId(1), credentials_updated_at: null, webhook_url: text })],
])('an error about a dropped write, %s, quotes neither the sent nor the stored value', async (name, row) => {
  const secret = canariesOfIntegration()
  for (const quote of quotesOf(secret)) {
    const { client } = connectTo(async (request) => Response.json(row(await quote(request))), { token: secret.token })
    const { credentials, webhook_secret, webhook_url } = input(secret)

    const changes = { credentials, webhook_secret, webhook_url }
    const error = await failureOf(
      client.integrations.update(nthId(1), changes, { headers: { 'X-Key': secret.header } }),
    )

    expect(error).toMatchObject({ name })
    expect(leaksOf(error, secret)).toEqual([])
  }
})

test.each([400, 404, 422, 500])(
  'an error of a read before or after a write quotes neither the sent nor the stored value: %i',
  async (status) => {
    const secret = canariesOfIntegration()
    for (const quote of quotesOf(secret))
      for (const fails of ['GET', 'PUT']) {
        const { client } = connectTo(
          async (request) =>
            request.method === fails
              ? Response.json({ detail: await quote(request) }, { status })
              : Response.json({ id: nthId(1), credentials_updated_at: null, webhook_url: await quote(request) }),
          { token: secret.token },
        )
        const { credentials, webhook_secret, webhook_url } = input(secret)

        const error = await failureOf(
          client.integrations.update(
            nthId(1),
            { credentials, webhook_secret, webhook_url },
            { headers: { 'X-Key': secret.header } },
          ),
        )

        expect(error).toMatchObject({ name: 'ApiError', status })
        expect(leaksOf(error, secret)).toEqual([])
      }
  },
)
