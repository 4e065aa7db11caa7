import type { JsonObject } from '@ai-ticket-creator/domain'
import { changesAccepting, isJsonObject } from '@ai-ticket-creator/domain/internal'
import { bodyFields, type Field } from '../model/body-fields.ts'
import type { ContractCase, Expect } from '../model/case.ts'
import type { CaseRequest } from '../model/case-request.ts'
import { itemsOf } from '../model/describe.ts'
import { SOURCES } from '../model/spec-references.ts'
import { lineOf, rowOf, smallBody } from './sample-requests.ts'

const all = bodyFields()
const limited = all.filter(({ schema }) => ['maxLength', 'minimum', 'maximum'].some((name) => name in schema))

/** What a field takes at its limits, and what it does not beyond them. */
export const limits: readonly ContractCase[] = [
  ...limited.map(
    (field): ContractCase => ({
      id: `${field.endpoint}/limit-${field.name}`,
      title: `\`${field.name}\` of ${lineOf(field.endpoint)} takes what is at its limits and refuses what is beyond`,
      endpoint: field.endpoint,
      source: SOURCES.fields,
      given: rowOf(field.endpoint),
      request: ({ tag }) => within(field, tag).map((value) => askWith(field, tag, value)),
      expect: {
        holds: (reply, { tag }) => (mayShow(field, reply.fields, within(field, tag)) ? undefined : notShown(field)),
      },
      next: [
        {
          request: ({ tag }) => beyond(field, tag).map((value) => askWith(field, tag, value)),
          expect: { code: 'validation_failed', at: `body.${field.name}` },
        },
      ],
    }),
  ),
  ...[...new Set(all.map(({ endpoint }) => endpoint))].map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/kinds`,
      title: `${lineOf(endpoint)} refuses a value of the wrong kind in every field`,
      endpoint,
      source: SOURCES.fields,
      given: rowOf(endpoint),
      request: ({ tag }, generation) =>
        all
          .filter((field) => field.endpoint === endpoint && (generation !== 'legacy' || !isNew(field)))
          .map((field) => askWith(field, tag, wrongKind(field))),
      expect: { status: 422, holds: refusesLast },
    }),
  ),
  ...(['integrations.create', 'tickets.create', 'tickets.update'] as const).map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/blank`,
      title: `${lineOf(endpoint)} refuses a text that may not be blank when it is`,
      endpoint,
      source: SOURCES.fields,
      given: rowOf(endpoint),
      request: ({ tag }) =>
        all
          .filter((field) => field.endpoint === endpoint && field.schema['minLength'] === 1)
          .flatMap((field) => ['', '  \n'].map((value) => askWith(field, tag, value))),
      expect: { status: 422, holds: refusesLast },
    }),
  ),
  {
    id: 'integrations.create/addresses',
    title: 'An address has to begin with http:// or https://, in any case',
    endpoint: 'integrations.create',
    source: SOURCES.fields,
    request: ({ tag }) =>
      ['HTTPS://x.example.test', 'http://x'].map((base_url) => ({
        endpoint: 'integrations.create',
        body: { ...smallBody('integrations.create', tag), base_url },
      })),
    expect: {},
    next: [
      {
        request: ({ tag }) =>
          ['x.example.test', 'ftp://x.example.test', 'https://', ''].map((base_url) => ({
            endpoint: 'integrations.create',
            body: { ...smallBody('integrations.create', tag), base_url },
          })),
        expect: { code: 'validation_failed', at: 'body.base_url' },
      },
    ],
  },
  {
    id: 'integrations.create/mappings',
    title: 'The values of a mapping have to be texts, and those of a list too',
    endpoint: 'integrations.create',
    source: SOURCES.fields,
    request: ({ tag }) => ({
      endpoint: 'integrations.create',
      body: { ...smallBody('integrations.create', tag), department_mapping: { it: 1 } },
    }),
    expect: { code: 'validation_failed', at: 'body.department_mapping.it' },
    next: [
      {
        request: ({ tag }) => ({
          endpoint: 'integrations.create',
          body: { ...smallBody('integrations.create', tag), oauth_scopes: ['a', 1] },
        }),
        expect: { code: 'validation_failed', at: 'body.oauth_scopes.1' },
      },
    ],
  },
]

const askWith = ({ endpoint, name }: Field, tag: string, value: unknown): CaseRequest => {
  const rest = Object.entries(smallBody(endpoint, tag) ?? {}).filter(([other]) => other !== name)
  // Last, so that a refusal can be told which field it is about.
  return { endpoint, body: Object.fromEntries([...rest, [name, value]]) }
}

/** A field that an older generation has under another name, or not at all. */
const isNew = ({ endpoint, name }: Field): boolean =>
  changesAccepting(endpoint, 'body').some(({ current }) => current.includes(name))

function within(field: Field, tag: string): readonly unknown[] {
  const { maxLength, minimum, maximum } = field.schema
  if (typeof maxLength === 'number') return [textOf(field, tag, maxLength), textOf(field, tag, maxLength - 1)]
  return [minimum, maximum].filter((value) => typeof value === 'number')
}

function beyond(field: Field, tag: string): readonly unknown[] {
  const { maxLength, minimum, maximum } = field.schema
  if (typeof maxLength === 'number') return [textOf(field, tag, maxLength + 1)]
  return [
    ...(typeof minimum === 'number' ? [minimum - 1] : []),
    ...(typeof maximum === 'number' ? [maximum + 1] : []),
    1.5,
    '7',
  ]
}

/** A text of so many characters, counted as people do: one that takes two units is one. */
function textOf({ name, schema }: Field, tag: string, length: number): string {
  const start = 'pattern' in schema ? 'https://x.example.test/' : ['name', 'title'].includes(name) ? tag : ''
  const filling = 'pattern' in schema ? 'x' : '😀'
  return (
    [...start.slice(0, length), ...filling.repeat(length)]
      .filter((part) => part !== '')
      .join('')
      .match(new RegExp(`^.{${length}}`, 'u'))?.[0] ?? start
  )
}

function wrongKind({ schema }: Field): unknown {
  const { type } = schema
  return type === 'object' || type === 'array' || type === 'boolean' ? 'text' : { not: 'this' }
}

/** The field that a request has last is the one that is refused. */
function refusesLast({
  json,
  ask,
}: Parameters<NonNullable<Expect['holds']>>[0]): ReturnType<NonNullable<Expect['holds']>> {
  const name = Object.keys(isJsonObject(ask.body) ? ask.body : {}).at(-1) ?? ''
  const told = itemsOf(json).some(
    ({ loc }) => Array.isArray(loc) && loc[0] === 'body' && (loc[1] === name || OLD[name] === loc[1]),
  )
  return told ? undefined : { expected: `\`${name}\` is refused`, actual: 'another field is' }
}

const OLD: Readonly<Record<string, string>> = { enabled: 'is_enabled' }

const mayShow = ({ name }: Field, fields: JsonObject, values: readonly unknown[]): boolean =>
  !Object.hasOwn(fields, name) || values.includes(fields[name])

const notShown = ({ name }: Field) => ({ expected: `\`${name}\` as it was sent`, actual: 'another value' })
