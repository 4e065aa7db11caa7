import { ENDPOINT_IDS, type EndpointId, endpointOf, GENERATIONS, type Generation } from '@ai-ticket-creator/domain'
import { changesAccepting } from '@ai-ticket-creator/domain/internal'
import { DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import * as fc from 'fast-check'
import { rowId } from './rows.ts'
import { type Field, fieldsOf, type Kind } from './wire-kinds.ts'

// Generates requests of all kinds from the OpenAPI documents. Ids are placeholders such as `$integration:3`, `$ticket:0` and
// `$cursor`; they are filled in when the sequence runs.

/** A request with placeholders. */
export interface Fuzzed {
  readonly does: 'send'
  readonly generation: Generation
  /** Undefined for made-up paths and methods. */
  readonly endpointId: EndpointId | undefined
  readonly method: string
  readonly path: string
  readonly query: readonly (readonly [string, string])[]
  readonly body: string | undefined
  /** Sends the last reply of the row back, overridden by the body. */
  readonly echo: boolean
  readonly headers: Readonly<Record<string, string>>
}

/** A step of a sequence: a new request, a repeat of an earlier one, or the next page of the last list. */
export type Step =
  | Fuzzed
  | { readonly does: 'repeat'; readonly which: number; readonly generation: Generation }
  | { readonly does: 'follow'; readonly generation: Generation }

const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, false, 0, -1, 1, 1.5, 1e300, '', ' ', 'x', '0', [], {}, [null], [{}], { a: [1] }),
  fc.constantFrom('x'.repeat(600), '\ud800', '\u0000', '🐞', '__proto__', 'constructor', "'; --", '%', '<b>'),
  fc.constantFrom('$integration:0', '$ticket:1', rowId(99), '2025-09-06T12:00:00Z', '2025-02-30T00:00:00Z'),
  fc.jsonValue({ maxDepth: 3 }),
)

const reference = (kind: 'integration' | 'ticket', most = 11): fc.Arbitrary<string> =>
  fc.nat(most).map((n) => `$${kind}:${n}`)

const names = fc.constantFrom('Stored', 'Stored', 'Stored', 'Twin', 'Gone', 'Nobody', 'A', 'slack')

// Meaningful values: random ones would hardly ever be valid.
const meaningful: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  integration_id: reference('integration', 2),
  integration_name: names,
  integration: names,
  integration_routing: names,
  integration_preference: names,
  name: fc.oneof(names, fc.string({ minLength: 1, maxLength: 30 })),
  assigned_to_id: fc.constantFrom(DEFAULT_USER.id, DEFAULT_USER.id.toUpperCase(), rowId(99)),
  created_by_id: fc.constantFrom(DEFAULT_USER.id, rowId(99)),
  platform_name: fc.constantFrom('jira', 'jira', 'slack', 'hubspot', 'webhook'),
  integration_type: fc.constantFrom('jira', ' JIRA', 'slack', 'webhook'),
  integration_category: fc.constantFrom('ticketing', 'ticketing', 'messaging', 'crm'),
  credentials: fc.constantFrom({ email: 'a', api_token: 'b' }, { bot_token: 'a', channel: 'b', api_key: 'c' }, {}),
  cursor: fc.constantFrom('$cursor', '$cursor', 'abc'),
  limit: fc.constantFrom(1, 2, 100),
  size: fc.constantFrom(1, 2, 100),
}

function someValue(name: string, kind: Kind): fc.Arbitrary<unknown> {
  return Object.hasOwn(meaningful, name) ? (meaningful[name] ?? junk) : ofKind(kind)
}

function ofKind(kind: Kind): fc.Arbitrary<unknown> {
  switch (kind.kind) {
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.integer({ min: kind.min ?? -5, max: Math.min(kind.max ?? 2000, 2 ** 31 - 1) })
    case 'text':
      return textOf(kind)
    case 'enum':
      return fc.constantFrom(...kind.values)
    case 'uuid':
      return fc.constantFrom(rowId(1), rowId(7).toUpperCase(), 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4')
    case 'time':
      return fc.constantFrom('2025-09-06T12:00:00Z', '2025-09-06T12:00:00+02:00', '2030-01-01T00:00:00.123456')
    case 'list':
      return fc.array(ofKind(kind.of), { minLength: kind.min, maxLength: kind.min + 2 })
    case 'object':
      return fc.dictionary(
        fc.constantFrom('a', 'b', '__proto__'),
        kind.of === undefined ? fc.jsonValue({ maxDepth: 2 }) : ofKind(kind.of),
        { maxKeys: 2 },
      )
    case 'shape':
      return bodyOf(kind.fields, [])
  }
}

function textOf({ min, max, web }: Extract<Kind, { kind: 'text' }>): fc.Arbitrary<string> {
  if (web) return fc.constantFrom('https://x.example.test', 'http://y.example.test/a?b=c')
  const most = max ?? 2000
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('x', 'Paper jam', 'ä 🐞', "it's <b>", 'x\n\ny') },
    { weight: 1, arbitrary: fc.constantFrom('x'.repeat(most), '🐞'.repeat(most), `x${'\u0001'.repeat(most - 1)}`) },
    { weight: 1, arbitrary: fc.string({ minLength: min, maxLength: Math.min(most, 40) }) },
  )
}

/** A body of all required fields, each in one spelling, and some others. */
function bodyOf(fields: readonly Field[], needs: readonly (readonly string[])[]): fc.Arbitrary<object> {
  const byName = new Map(fields.map((field) => [field.name, field]))
  const needed = fields.filter(({ required }) => required).map(({ name }) => fc.constant([name]))
  const oneOfEach = needs.map((spellings) => fc.constantFrom(...spellings).map((name) => [name]))
  // The integration of a ticket decides most of the possible outcomes.
  const routes = fields.map(({ name }) => name).filter((name) => ROUTE.test(name))
  const often =
    routes.length === 0 ? [] : [fc.constantFrom(...routes, undefined).map((name) => (name === undefined ? [] : [name]))]
  const some =
    fields.length === 0 ? [] : [fc.array(fc.constantFrom(...fields.map(({ name }) => name)), { maxLength: 3 })]
  return fc.tuple(...needed, ...oneOfEach, ...often, ...some).chain((chosen) => {
    const selected = [...new Set(chosen.flat())].flatMap((name) => byName.get(name) ?? [])
    const entries = selected.map(({ name, kind, nullable }) => {
      const value = someValue(name, kind)
      return fc.tuple(fc.constant(name), nullable ? fc.option(value, { freq: 8 }) : value)
    })
    return fc.tuple(...entries).map((pairs) => Object.fromEntries(pairs) as object)
  })
}

const ROUTE = /^integration(?:_(?:id|name|routing|preference))?$/

/** The spellings of each required field; one of them is required in any generation. */
function needsOf(endpointId: EndpointId, fields: readonly Field[]): readonly (readonly string[])[] {
  const required = (fieldsOf(endpointId, 'body', 'current') ?? []).filter((field) => field.required)
  const changes = changesAccepting(endpointId, 'body')
  return required
    .map(({ name }) => [
      name,
      ...changes.flatMap(({ retired }) => Object.keys(retired).filter((old) => retired[old]?.replacement === name)),
    ])
    .map((spellings) => spellings.filter((name) => fields.some((field) => field.name === name && !field.required)))
    .filter((spellings) => spellings.length > 0)
}

const others = ['colour', '__proto__', 'constructor', 'id', 'status', 'limit', 'enabledd', 'organization_id', 'version']

const malformed = fc.oneof(
  junk.map((value) => JSON.stringify(value)),
  fc.constantFrom('{', '', 'null', '[]', '{"a":1,}', '['.repeat(5000), '{"__proto__":{"x":1}}', '\ufeff{}'),
  fc.constant(JSON.stringify({ title: 'x'.repeat(40_000) })),
  fc.string(),
)

function bodiesFor(endpointId: EndpointId, generation: Generation): fc.Arbitrary<string | undefined> {
  const fields = fieldsOf(endpointId, 'body', generation) ?? []
  const everyName = [...fields.map(({ name }) => name), ...others, ...oldNames(endpointId, 'body')]
  const valid = bodyOf(fields, needsOf(endpointId, fields))
  const extra = fc.array(fc.tuple(fc.constantFrom(...everyName), junk), { minLength: 1, maxLength: 3 })
  return fc.oneof(
    { weight: 8, arbitrary: valid.map((body) => JSON.stringify(body)) },
    // Entries, because assignment would set the prototype for the name `__proto__`.
    {
      weight: 5,
      arbitrary: fc
        .tuple(valid, extra)
        .map(([body, more]) => JSON.stringify(Object.fromEntries([...Object.entries(body), ...more]))),
    },
    { weight: 1, arbitrary: malformed },
    { weight: 1, arbitrary: fc.constant(undefined) },
  )
}

const oldNames = (endpointId: EndpointId, part: 'body' | 'query'): readonly string[] =>
  changesAccepting(endpointId, part).flatMap(({ retired }) => Object.keys(retired))

function queriesFor(
  endpointId: EndpointId,
  generation: Generation,
): Fuzzed['query'] extends infer Q ? fc.Arbitrary<Q> : never {
  const fields = fieldsOf(endpointId, 'query', generation) ?? []
  const right = fields.map(({ name, kind }) => fc.tuple(fc.constant(name), someValue(name, kind).map(asText)))
  const everyName = [...fields.map(({ name }) => name), ...others, ...oldNames(endpointId, 'query')]
  const wrong = fc.tuple(fc.constantFrom(...everyName), junk.map(asText))
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    ...(right.length === 0 ? [] : [{ weight: 4, arbitrary: fc.array(fc.oneof(...right), { maxLength: 4 }) }]),
    { weight: 1, arbitrary: fc.array(wrong, { maxLength: 3 }) },
  )
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const pathOf = (endpointId: EndpointId): fc.Arbitrary<string> => {
  const { path } = endpointOf(endpointId)
  const kind = path.startsWith('/integrations') ? 'integration' : 'ticket'
  return fc
    .oneof(
      { weight: 14, arbitrary: reference(kind) },
      { weight: 1, arbitrary: fc.constantFrom(rowId(99), '7', 'active', 'stats', '%00', '%E0%A4%A', '%2f') },
      // No lone surrogate, which cannot be encoded, and no dot segment, which changes the path.
      {
        weight: 1,
        arbitrary: fc
          .string({ minLength: 1 })
          .filter((text) => !/\p{Surrogate}|^\.\.?$/u.test(text))
          .map(encodeURIComponent),
      },
    )
    .map((id) => path.replace(/\{\w+\}/, id.replaceAll('$', '$$$$')))
}

// Mostly absent, so that most requests pass the checks of headers.
const headers = fc
  .record({
    Authorization: mostly(`Bearer ${DEFAULT_USER.token}`, '', 'Bearer', 'Bearer nobody', 'Basic x'),
    'Content-Type': mostly('application/json', 'application/json; charset=utf-8', 'text/plain', '', 'x'),
    Prefer: mostly(undefined, 'handling=strict', 'handling=strict', 'handling=strict', 'handling=lenient'),
    'If-Match': mostly(undefined, '*', '$tag', '$tag', '"1"', 'W/"1"'),
    'X-Request-Id': mostly(undefined, 'abc', 'a b', 'x'.repeat(200)),
    'Idempotency-Key': fc.oneof(
      { weight: 2, arbitrary: mostly(undefined, 'x'.repeat(256), '') },
      { weight: 1, arbitrary: fc.nat(9).map((n) => `key-${n}`) },
    ),
  })
  .map((given) =>
    Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
  )

function mostly<T>(usual: T, ...others: T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 10, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) })
}

const send = (generation: Generation, endpointId: EndpointId): fc.Arbitrary<Fuzzed> =>
  fc.record({
    does: fc.constant('send' as const),
    generation: fc.constant(generation),
    endpointId: fc.constant(endpointId),
    method: fc.constant(endpointOf(endpointId).method),
    path: pathOf(endpointId),
    query: queriesFor(endpointId, generation),
    body: bodiesFor(endpointId, generation),
    echo: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    headers,
  })

const madeUp: fc.Arbitrary<Fuzzed> = fc.record({
  does: fc.constant('send' as const),
  generation: fc.constantFrom(...GENERATIONS),
  endpointId: fc.constant(undefined),
  method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'),
  path: fc.constantFrom('/', '/integrations', '/integrations//', '/tickets/x/y', '/nowhere', `/tickets/${rowId(1)}/`),
  query: fc.constant([]),
  body: fc.constantFrom(undefined, '{}'),
  echo: fc.constant(false),
  headers,
})

/** A step of any kind. Every endpoint is equally likely in every generation, also where it was removed. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  ...GENERATIONS.flatMap((generation) =>
    ENDPOINT_IDS.map((endpointId) => ({ weight: 4, arbitrary: send(generation, endpointId) })),
  ),
  { weight: 10, arbitrary: madeUp },
  {
    weight: 20,
    arbitrary: fc.record({
      does: fc.constant('repeat' as const),
      which: fc.nat(30),
      generation: fc.constantFrom(...GENERATIONS),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({ does: fc.constant('follow' as const), generation: fc.constantFrom(...GENERATIONS) }),
  },
)
