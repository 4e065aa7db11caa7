import { AUTH_TYPES } from '../src/catalog/credentials.ts'
import { INTEGRATION_STATUSES } from '../src/catalog/integration-status.ts'
import { IntegrationCategory, PLATFORMS } from '../src/catalog/platforms.ts'
import { contract, type EndpointId } from '../src/contract/contract.ts'
import type { Endpoint } from '../src/contract/endpoint.ts'
import * as attachment from '../src/entities/attachment.ts'
import * as integrationReplies from '../src/entities/integration-replies.ts'
import * as integrationRequests from '../src/entities/integration-requests.ts'
import * as ticketReplies from '../src/entities/ticket-replies.ts'
import * as ticketRequests from '../src/entities/ticket-requests.ts'
import { TICKET_CATEGORIES, TICKET_PRIORITIES, TICKET_STATUSES } from '../src/entities/ticket-values.ts'
import { compileSchema } from '../src/schema/compile-schema.ts'
import type { JsonType, ObjectType } from '../src/schema/json-type.ts'
import type { AnySchema } from '../src/schema/schema.ts'
import { changes, changesOf } from '../src/versioning/changes/index.ts'
import { crossEndpointAliases } from '../src/versioning/cross-endpoint-aliases.ts'
import { type Names, printType } from './print-types.ts'

// The first line of each file names its only source and the test that compares them.
const header = (source: string): string =>
  `// Generated from ${source} by npm run docs:update; test/compiled-documents.test.ts fails if this file differs.\n`

const modules = { ...attachment, ...integrationReplies, ...integrationRequests, ...ticketReplies, ...ticketRequests }

/** The schemas of the entities by the names of their types: `createTicket` for the schema `CreateTicket`. */
const schemas: ReadonlyMap<string, AnySchema> = new Map(
  Object.entries(modules).flatMap(([name, value]) =>
    typeof value === 'object' && '_zod' in value ? [[camelCase(name), value as AnySchema]] : [],
  ),
)

const LISTS = {
  AUTH_TYPES,
  INTEGRATION_STATUSES,
  PLATFORMS,
  TICKET_CATEGORIES,
  TICKET_PRIORITIES,
  TICKET_STATUSES,
  'Object.values(IntegrationCategory)': Object.values(IntegrationCategory),
}

const names: Names = {
  types: new Map([...schemas].map(([name, schema]) => [compileSchema(schema), name])),
  lists: new Map(Object.entries(LISTS).map(([name, values]) => [values.join(), name])),
}

// The type of a user is imported by the change that retires `assignee`.
const isImported = (name: string): boolean => name === 'user' || new RegExp(`\\b${name}\\b`).test(compiledEndpoints())

/** The types of the entities, each after those that it uses. */
export function compiledTypes(): string {
  const printed = new Map<string, string>()
  const print = (name: string, schema: AnySchema): void => {
    const expression = printType(compileSchema(schema), names, true)
    for (const [other, inner] of schemas)
      if (other !== name && !printed.has(other) && new RegExp(`\\b${other}\\b`).test(expression)) print(other, inner)
    printed.set(name, `${isImported(name) ? 'export ' : ''}const ${name} = ${expression}\n`)
  }
  for (const [name, schema] of schemas) if (!printed.has(name)) print(name, schema)

  const body = [...printed.values()].join('\n')
  return [
    header('the schemas in src/entities'),
    importOf(body, ['AUTH_TYPES'], '../catalog/credentials.ts'),
    importOf(body, ['INTEGRATION_STATUSES'], '../catalog/integration-status.ts'),
    importOf(body, ['IntegrationCategory', 'PLATFORMS'], '../catalog/platforms.ts'),
    importOf(body, BUILDERS, '../schema/json-type.ts'),
    importOf(body, ['TICKET_CATEGORIES', 'TICKET_PRIORITIES', 'TICKET_STATUSES'], './ticket-values.ts'),
    `\n${body}`,
  ].join('')
}

const BUILDERS = [
  'boolean',
  'datetime',
  'integer',
  'list',
  'nullable',
  'nullish',
  'number',
  'object',
  'oneOf',
  'openEnum',
  'optional',
  'record',
  'text',
  'timestamp',
  'unknown',
  'url',
  'uuid',
]

/** The entities of long lists and of most replies. Other replies are rare and short. */
const COPIED = ['integration', 'integrationSummary', 'ticket']

/** A class for each of these entities, whose constructor copies its fields. */
export function compiledClasses(): string {
  const makers = COPIED.map((name) => {
    const { fields } = compileSchema(schemas.get(name) as AnySchema) as ObjectType
    const copies = Object.keys(fields).map((field) => `fields['${field}'] = entity['${field}']\n`)
    return `const ${name}Class = (): EntityClass => class {
      constructor(entity: JsonObject) {
        const fields = this as Record<string, unknown>
        ${copies.join('')}
      }
    }\n`
  })
  const entries = COPIED.map((name) => `[${name}, ${name}Class]`)
  return [
    header('the schemas in src/entities'),
    "import type { JsonObject } from '../schema/json.ts'\n",
    "import type { JsonType } from '../schema/json-type.ts'\n",
    `import { ${COPIED.join(', ')} } from './compiled-types.ts'\n`,
    '\n/** The constructor copies an entity. The entity must have every field of its type and no other field. */\n',
    'type EntityClass = new (entity: JsonObject) => object\n\n',
    makers.join('\n'),
    '\n/**\n * Functions that make a new class for a type. The caller adds members to its prototype. Copying an entity is much faster than\n * setting its prototype.\n */\n',
    `export const entityClasses: ReadonlyMap<JsonType, () => EntityClass> = /* @__PURE__ */ new Map([${entries.join(', ')}])\n`,
  ].join('')
}

/** The contract with compiled types, and without what only documents need. */
export function compiledEndpoints(): string {
  const entries = Object.entries<Endpoint>(contract).map(([id, { summary: _, refusals: __, ...entry }]) => {
    const members = Object.entries(entry).map(([key, value]) => `${key}: ${printMember(value)}`)
    return `'${id}': { ${members.join(', ')} },`
  })
  const body = `export const endpoints = {\n${entries.join('\n')}\n} as const satisfies Readonly<Record<EndpointId, CompiledEndpoint>>\n`
  return [
    header('src/contract/contract.ts'),
    importOf(body, [...schemas.keys()].toSorted(), '../entities/compiled-types.ts'),
    "import type { CompiledEndpoint } from './compiled-endpoint.ts'\n",
    "import type { EndpointId } from './contract.ts'\n",
    '\n/** Every endpoint of the API, by id. */\n',
    body,
  ].join('')
}

/** The retired names of each change, for clients that only refuse them. A retired route keeps the names of its body. */
export function compiledRetiredNames(): string {
  const rows = changes.flatMap(({ endpoints, routes = {}, retired }) => {
    const body = [...(endpoints.body ?? []), ...(endpoints.accepted ?? [])].filter((id) => routes[id] === undefined)
    const parts = Object.entries({ ...endpoints, body }).filter(([part, ids]) => part !== 'accepted' && ids.length > 0)
    const names = Object.entries(retired).map(([name, { replacement }]) => `${name}: '${replacement}'`)
    const printed = parts.map(([part, ids]) => `${part}: [${ids.map((id) => `'${id}'`).join(', ')}]`)
    return parts.length === 0 ? [] : [`{ names: { ${names.join(', ')} }, ${printed.join(', ')} },`]
  })
  const aliases = Object.entries(crossEndpointAliases).flatMap(([id, fields]) =>
    Object.entries(fields).map(
      ([name, from]) => `{ names: { ${name}: '${replacementOf(from, name)}' }, body: ['${id}'] },`,
    ),
  )
  return [
    header('src/versioning'),
    "import type { EndpointId } from '../contract/contract.ts'\n",
    "import type { Location } from './changes/change.ts'\n",
    '\n/** Retired name → new name, and the endpoints that have them. */\n',
    'export const retiredNames: readonly ({ readonly names: Readonly<Record<string, string>> } & {\n',
    'readonly [P in Location]?: readonly EndpointId[]\n',
    `})[] = [\n${[...rows, ...aliases].join('\n')}\n]\n`,
  ].join('')
}

const replacementOf = (id: EndpointId, name: string): string | undefined =>
  changesOf(id, 'body').find(({ retired }) => Object.hasOwn(retired, name))?.retired[name]?.replacement

function printMember(value: unknown): string {
  if (typeof value === 'object' && value !== null && '_zod' in value) return printType(compile(value), names)
  if (Array.isArray(value)) return `[${value.map(printMember).join(', ')}]`
  return typeof value === 'string' ? `'${value}'` : String(value)
}

// The members of an entry that have `_zod` are schemas.
const compile = (value: object): JsonType => compileSchema(value as AnySchema)

function importOf(source: string, candidates: readonly string[], from: string): string {
  const used = candidates.filter((name) => new RegExp(`\\b${name}\\b(?!:)`).test(source))
  return used.length === 0 ? '' : `import { ${used.join(', ')} } from '${from}'\n`
}

function camelCase(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}
