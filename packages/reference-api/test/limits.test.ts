import {
  downgrade,
  ENDPOINT_IDS,
  type EndpointId,
  endpointOf,
  GENERATIONS,
  type Generation,
  isAvailable,
  replacementRoute,
} from '@ai-ticket-creator/domain'
import { changesAccepting } from '@ai-ticket-creator/domain/internal'
import { type App, createApp, createMemoryStore, DEFAULT_USER, type Store } from '@ai-ticket-creator/reference-api'
import { describe, expect, test } from 'vitest'
import { integrationRow, rowId, ticketRow } from './rows.ts'
import { type Fields, fieldsOf as membersOf, type Reply, send } from './send.ts'
import { type Field, fieldsOf, type Kind } from './wire-kinds.ts'

// Every limit, over HTTP: at, below and above it, for every field of every endpoint in every generation.
// The fields come from the OpenAPI documents, so new fields are covered. By default every field is tested in `current`, and every
// fourth in the other generations; with LIMITS=all, as in `npm run test:deep`, every field everywhere.

type Part = 'body' | 'query'

/** A value that is refused: the type of its issue, and its path below the field. */
interface Wrong {
  readonly value: unknown
  readonly type: string
  readonly path?: readonly (string | number)[]
}

const uuid = 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4'
const missing = Symbol('no value')

// Meaningful values, which a schema cannot give.
const known: Readonly<Record<string, unknown>> = {
  assigned_to_id: DEFAULT_USER.id,
  integration_id: rowId(1),
  integration_name: 'Stored',
  integration: 'Stored',
  integration_routing: 'Stored',
  integration_preference: 'Stored',
  credentials: { email: 'e', api_token: 't' },
}

// Rules over several fields: fields that the endpoint needs beside the required ones.
const beside: Partial<Record<EndpointId, Fields>> = {
  'integrations.create': { platform_name: 'jira' },
  'tickets.update': { title: 'T' },
  'tickets.setStatus': { status: 'open' },
}

// The issue type for a value of another JSON type.
const typeOfKind: Readonly<Record<Kind['kind'], string>> = {
  boolean: 'bool_type',
  integer: 'int_type',
  text: 'string_type',
  enum: 'enum',
  uuid: 'uuid_type',
  time: 'datetime_type',
  list: 'list_type',
  object: 'dict_type',
  shape: 'dict_type',
}

const otherThan: Readonly<Record<Kind['kind'], readonly unknown[]>> = {
  boolean: ['true', 1, 0, [], {}],
  integer: ['1', 1.5, true, [1], {}],
  text: [7, false, ['x'], {}],
  enum: [7, false, [], {}],
  uuid: [7, false, [uuid], {}],
  time: [7, false, [], {}],
  list: ['x', 7, true, {}],
  object: ['x', 7, true, []],
  shape: ['x', 7, true, []],
}

/** Values at and within the limits. */
function rightOnes(kind: Kind): readonly unknown[] {
  switch (kind.kind) {
    case 'boolean':
      return [true, false]
    case 'integer': {
      const { min = -3, max = min + 3 } = kind
      return [min, min + 1, max - 1, max]
    }
    case 'text':
      return kind.web ? webAddresses(kind.max ?? 100) : texts(kind)
    case 'enum':
      return kind.values
    case 'uuid':
      return [uuid, uuid.toUpperCase()]
    case 'time':
      return ['2025-09-06T12:00:00Z', '2025-09-06T12:00:00.123456+02:00', '2025-09-06T12:00:00']
    case 'list': {
      const items = rightOnes(kind.of)
      return [...(kind.min === 0 ? [[]] : []), items.slice(0, Math.max(1, kind.min)), [...items, ...items]]
    }
    case 'object':
      return [{}, { a: kind.of === undefined ? [null, { b: 1.5 }] : rightOnes(kind.of)[0] }]
    case 'shape':
      return [Object.fromEntries(kind.fields.map((field) => [field.name, rightOnes(field.kind)[0]]))]
  }
}

function texts({ min, max }: { readonly min: number; readonly max: number | undefined }): readonly string[] {
  const long =
    max === undefined ? [] : ['x'.repeat(max - 1), 'x'.repeat(max), '🐞'.repeat(max), ` ${'x'.repeat(max)}\n`]
  return ['x', '<b>"\u0001\ud800', ...(min === 0 ? ['', ' '] : []), ...long]
}

const webAddresses = (max: number): readonly string[] =>
  ['http://x', 'HTTPS://x.example.test', 'https://'].map((start, n) => (n < 2 ? start : start.padEnd(max, 'x')))

const wrongUrls: readonly Wrong[] = [
  { value: 'ftp://x', type: 'url_scheme' },
  { value: 'https://', type: 'url_host' },
  { value: 'https://:443', type: 'url_host' },
  { value: 'https://x y', type: 'url_space' },
  { value: 'https://a:b@x', type: 'url_userinfo' },
]

/** Values of another type, and just outside the limits. */
function wrongOnes(kind: Kind): readonly Wrong[] {
  return [...otherThan[kind.kind].map((value) => ({ value, type: typeOfKind[kind.kind] })), ...outside(kind)]
}

function outside(kind: Kind): readonly Wrong[] {
  switch (kind.kind) {
    case 'boolean':
      return []
    case 'integer': {
      const { min, max } = kind
      return [
        ...(min === undefined ? [] : [{ value: min - 1, type: 'greater_than_equal' }]),
        ...(max === undefined ? [] : [{ value: max + 1, type: 'less_than_equal' }]),
      ]
    }
    case 'text': {
      const { min, max, web } = kind
      const blanks = ['', ' \t\n'].map((value) => ({ value, type: web ? 'url_scheme' : 'string_too_short' }))
      const start = web ? 'https://' : ''
      return [
        ...(min > 0 || web ? blanks : []),
        ...(web ? wrongUrls : []),
        ...(max === undefined ? [] : [{ value: start.padEnd(max + 1, 'x'), type: 'string_too_long' }]),
        ...(max === undefined ? [] : [{ value: start + '🐞'.repeat(max + 1 - start.length), type: 'string_too_long' }]),
      ]
    }
    case 'enum':
      return ['', 'no-such-value', kind.values[0]?.toUpperCase()].map((value) => ({ value, type: 'enum' }))
    case 'uuid':
      return ['', 'x', uuid.slice(1), `${uuid}0`].map((value) => ({ value, type: 'uuid_parsing' }))
    case 'time':
      return ['', 'x', '2025-09-06', '2025-13-06T12:00:00Z'].map((value) => ({ value, type: 'datetime_parsing' }))
    case 'list': {
      const [right] = rightOnes(kind.of)
      return [
        ...(kind.min > 0 ? [{ value: [], type: 'too_short' }] : []),
        ...within(kind.of).map(({ value, type, path = [] }) => ({ value: [right, value], type, path: [1, ...path] })),
      ]
    }
    case 'object': {
      if (kind.of === undefined) return []
      return within(kind.of).map(({ value, type, path = [] }) => ({ value: { a: value }, type, path: ['a', ...path] }))
    }
    case 'shape':
      return kind.fields.flatMap((field) => {
        const right = Object.fromEntries(kind.fields.map((one) => [one.name, rightOnes(one.kind)[0]]))
        return [
          ...(field.required ? [{ value: without(right, field.name), type: 'missing', path: [field.name] }] : []),
          ...within(field.kind).map(({ value, type, path = [] }) => ({
            value: { ...right, [field.name]: value },
            type,
            path: [field.name, ...path],
          })),
        ]
      })
  }
}

const without = (fields: Fields, name: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([field]) => field !== name))

/** Inner values cannot be null either. */
const within = (kind: Kind): readonly Wrong[] => [{ value: null, type: typeOfKind[kind.kind] }, ...wrongOnes(kind)]

// Legacy values of integrations are trimmed and accepted in any case.
const readInAnyCase = ['integration_type', 'status']
// Old fields whose values are upgraded before they are checked: the issue is at the old field, about the upgraded value.
const reshaped = ['integrations.setStatus status', 'tickets.create file_ids']

interface Case {
  readonly endpointId: EndpointId
  readonly generation: Generation
  readonly part: Part
  readonly field: Field
}

/** Values that a field accepts. */
function accepted(one: Case): readonly unknown[] {
  const { field, part: where } = one
  const canBeLeftOut = where === 'query' || !Object.hasOwn(baseOf(one), field.name)
  const values = Object.hasOwn(known, field.name) ? [known[field.name]] : rightOnes(field.kind)
  return [...values, ...(where === 'body' && field.nullable ? [null] : []), ...(canBeLeftOut ? [missing] : [])]
}

/** Values that a field refuses. */
function refused(one: Case): readonly Wrong[] {
  const { field, part: where } = one
  const { kind, nullable, required, name } = field
  const wrong = [
    ...wrongOnes(kind),
    ...(nullable || isNullIgnored(one) ? [] : [{ value: null, type: typeOfKind[kind.kind] }]),
    ...(required ? [{ value: missing, type: 'missing' }] : []),
  ]
  const strict = wrong.filter(
    ({ value }) => !readInAnyCase.includes(name) || !['JIRA', 'ACTIVE'].includes(String(value)),
  )
  return where === 'body' ? strict : strict.filter(({ value }) => canBeInQuery(kind, value))
}

/** Null counts as absent on create, and PUT ignores it in legacy and transitional. nulls.test.ts tests both. */
const isNullIgnored = ({ endpointId, generation }: Case): boolean =>
  endpointId.endsWith('.create') ||
  endpointId === 'tickets.createWithAi' ||
  (generation !== 'current' && ['integrations.update', 'tickets.replace'].includes(endpointId))

/** Query values are strings, and one string is a list of one. */
function canBeInQuery(kind: Kind, value: unknown): boolean {
  if (value === missing || value === null) return false
  const texts = Array.isArray(value) ? value : [value]
  if (texts.some((text) => typeof text === 'object')) return false
  if (kind.kind === 'list')
    return Array.isArray(value) && texts.length > 0 && texts.every((text) => typeof text === 'string')
  if (kind.kind === 'boolean') return value !== 'true' && typeof value === 'string'
  if (kind.kind === 'integer') return !Array.isArray(value) && value !== '1' && typeof value !== 'boolean'
  return typeof value === 'string'
}

/** A valid request with the given value in one field. */
function requestOf(one: Case, value: unknown) {
  const { endpointId, part: where, field } = one
  const { method, path } = endpointOf(endpointId)
  const others = where === 'body' ? without(baseOf(one), field.name) : {}
  const sent = value === missing ? others : { ...others, [field.name]: value }
  const target = path.replace('{integration_id}', rowId(1)).replace('{ticket_id}', rowId(2))
  if (where === 'body') return { line: `${method} ${target}`, body: sent }

  const pairs =
    value === missing ? [] : (Array.isArray(value) ? value : [value]).map((text) => [field.name, String(text)])
  return { line: `${method} ${target}?${new URLSearchParams(pairs as [string, string][]).toString()}`, body: undefined }
}

/** A body of the required fields, without another spelling of the tested field. */
function baseOf({ endpointId, generation, field }: Pick<Case, 'endpointId' | 'generation' | 'field'>): Fields {
  const latest = isAvailable(endpointId, 'current') ? 'current' : 'transitional'
  const required = (fieldsOf(endpointId, 'body', latest) ?? []).filter((one) => one.required)
  const body = {
    ...Object.fromEntries(required.map(({ name, kind }) => [name, rightOnes(kind)[0]])),
    ...beside[endpointId],
  }
  const inOldWords = generation === 'legacy' || (generation === 'transitional' && field.old)
  if (!inOldWords || replacementRoute(endpointId) !== undefined) return body
  const spelling = changesAccepting(endpointId, 'body').find(({ retired }) => Object.hasOwn(retired, field.name))
  const others = Object.entries(body).filter(([name]) => spelling?.current.includes(name) !== true)
  return {
    ...downgrade(endpointId, spelling === undefined ? body : Object.fromEntries(others)).body,
    ...(others.length < Object.keys(body).length && { [field.name]: rightOnes(field.kind)[0] }),
  }
}

async function appWithRows(generation: Generation): Promise<{ app: App; store: Store }> {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(1) }))
  await store.tickets.insert(ticketRow({ id: rowId(2) }))
  return { app: createApp({ store, generation }), store }
}

async function dump(store: Store): Promise<string> {
  const window = { offset: 0, limit: 1000, now: new Date(0) }
  const organization = integrationRow().organization_id
  return JSON.stringify([
    await store.integrations.list(organization, {}, window),
    await store.tickets.list(organization, {}, window),
  ])
}

interface FoundIssue {
  readonly type: string
  readonly loc: readonly (string | number)[]
  readonly msg: string
  readonly code: string
}

function issuesOf(reply: Reply): readonly FoundIssue[] {
  const { detail } = membersOf(reply)
  // The fuzz test checks the form of errors.
  return Array.isArray(detail) ? (detail as FoundIssue[]) : []
}

// Issues about several fields or about the stored row, not about a limit of one field.
const overSeveral = ['category_mismatch', 'credentials_incomplete', 'status_not_settable', 'platform_required']

async function tryRight(one: Case, value: unknown): Promise<{ readonly fault?: string; readonly done: boolean }> {
  const { app } = await appWithRows(one.generation)
  const { line, body } = requestOf(one, value)
  const reply = await send(app, line, body)

  if (reply.status < 300) return { done: true }
  const { code } = membersOf(reply)
  const allowed: readonly string[] = endpointOf(one.endpointId).refusals ?? []
  const issues = issuesOf(reply).filter(
    ({ loc, code: item, type }) => loc[1] === one.field.name && !overSeveral.includes(item) && type !== 'value_error',
  )
  const fine = reply.status === 422 ? issues.length === 0 : allowed.includes(String(code))
  return { done: false, ...(!fine && { fault: `${shown(value)} is refused: ${reply.status} ${reply.text}` }) }
}

async function tryWrong(app: App, one: Case, { value, type, path = [] }: Wrong): Promise<string | undefined> {
  const { line, body } = requestOf(one, value)
  const reply = await send(app, line, body)

  const exact = !reshaped.includes(`${one.endpointId} ${one.field.name}`)
  const place = [one.part, one.field.name, ...(exact ? path : [])]
  const isAtField = ({ loc }: FoundIssue) => (exact ? loc : loc.slice(0, 2)).join('.') === place.join('.')
  const found = reply.status === 422 ? issuesOf(reply).find(isAtField) : undefined
  if (found === undefined) return `${shown(value)} is not refused at ${place.join('.')}: ${reply.status} ${reply.text}`
  if (exact && found.type !== type && !overSeveral.includes(found.code))
    return `${shown(value)} is refused as ${found.type}, not ${type}`
  return found.msg.includes(`\`${place.slice(1).join('.')}`)
    ? undefined
    : `${shown(value)}: the message names no field: ${found.msg}`
}

const shown = (value: unknown): string => (value === missing ? 'nothing' : JSON.stringify(value).slice(0, 60))

const parts = GENERATIONS.flatMap((generation) =>
  ENDPOINT_IDS.flatMap((endpointId) =>
    (['body', 'query'] as const).flatMap((where) => {
      const fields = fieldsOf(endpointId, where, generation)
      return fields === undefined ? [] : [{ generation, endpointId, part: where, fields: sample(fields, generation) }]
    }),
  ),
)

function sample(fields: readonly Field[], generation: Generation): readonly Field[] {
  const all = process.env['LIMITS'] === 'all' || generation === 'current'
  return all ? fields : fields.filter((_, index) => index % 4 === 0)
}

describe.each(parts)('$generation: the $part of $endpointId', ({ generation, endpointId, part: where, fields }) => {
  test('values within the limits are accepted', async () => {
    const faults: string[] = []
    for (const field of fields) {
      let done = 0
      const one = { endpointId, generation, part: where, field }
      for (const value of accepted(one)) {
        const outcome = await tryRight(one, value)
        if (outcome.fault !== undefined) faults.push(`${field.name}: ${outcome.fault}`)
        if (outcome.done && value !== missing) done++
      }
      // Cursors are tested in cursor.test.ts.
      if (done === 0 && field.name !== 'cursor') faults.push(`${field.name}: no value is accepted`)
    }

    expect(faults).toEqual([])
  })

  test('values outside are refused at their field, and nothing is written', async () => {
    const { app, store } = await appWithRows(generation)
    const before = await dump(store)

    const faults: string[] = []
    for (const field of fields) {
      const one = { endpointId, generation, part: where, field }
      for (const wrong of refused(one)) {
        const fault = await tryWrong(app, one, wrong)
        if (fault !== undefined) faults.push(`${field.name}: ${fault}`)
      }
    }

    expect(faults).toEqual([])
    expect(await dump(store)).toBe(before)
  })
})

test('every body and every query of the contract is tested in each of its generations', () => {
  const expected = GENERATIONS.flatMap((generation) =>
    ENDPOINT_IDS.filter((id) => isAvailable(id, generation)).flatMap((id) =>
      (['body', 'query'] as const)
        .filter((where) => endpointOf(id)[where] !== undefined)
        .map((where) => [generation, id, where]),
    ),
  )

  expect(parts.map(({ generation, endpointId, part: where }) => [generation, endpointId, where])).toEqual(expected)
})
