import type { Generation } from '@ai-ticket-creator/domain'
import type { JsonSchema, OpenApiDocument } from '@ai-ticket-creator/domain/openapi'
import type { Step } from './steps.ts'

/** The documents that decide which fields a reply has, and which fields belong to another generation only. */
export interface Documents {
  readonly expected: OpenApiDocument
  /** Has the fields of both generations. */
  readonly transitional: OpenApiDocument
}

/** A script, as lines of JavaScript, that Postman runs before a request or after its response. */
export interface PostmanEvent {
  readonly listen: 'prerequest' | 'test'
  readonly script: { readonly type: 'text/javascript'; readonly exec: readonly string[] }
}

export const testScript = (exec: readonly string[]): PostmanEvent => ({
  listen: 'test',
  script: { type: 'text/javascript', exec },
})

/** Sets a new name before each create: a ticket can name its integration only by a unique name. */
export const setFreshName: PostmanEvent = {
  listen: 'prerequest',
  script: {
    type: 'text/javascript',
    exec: ["pm.collectionVariables.set('integration_name', pm.variables.replaceIn('JIRA Production {{$guid}}'))"],
  },
}

/** Runs before every request. Without a token every request would fail, so the run ends at the first request. */
export const requireToken: PostmanEvent = {
  listen: 'prerequest',
  script: {
    type: 'text/javascript',
    exec: [
      "if (!pm.variables.get('token')) {",
      "  pm.test('the environment has a token', () => pm.expect.fail('choose an environment and set its variable `token` to a token of the API'))",
      '  pm.execution.setNextRequest(null)',
      // `skipRequest` also ends this script.
      '  pm.execution.skipRequest()',
      '}',
    ],
  },
}

/** The checks that run after every request. */
export const checkReply = (generation: Generation): readonly string[] => [
  `pm.test('the generation is ${generation}', () => pm.expect(pm.response.headers.get('API-Generation')).to.equal('${generation}'))`,
  "pm.test('a body is JSON', () => pm.expect(pm.response.text() === '' || pm.response.json()).to.not.equal(undefined))",
  "if (pm.response.headers.has('ETag')) pm.collectionVariables.set('etag', pm.response.headers.get('ETag'))",
]

export const checkStatus = (status: number): string =>
  `pm.test('status ${status}', () => pm.response.to.have.status(${status}))`

export const checkStrict =
  "pm.test('the request is handled strictly', () => pm.response.to.have.header('Preference-Applied', 'handling=strict'))"

/** Only a transitional backend sends `Deprecation`, and only if the request used deprecated names or routes. */
export const checkDeprecation = (isDeprecated: boolean): string =>
  isDeprecated
    ? "pm.test('the use is announced as deprecated', () => pm.response.to.have.header('Deprecation'))"
    : "pm.test('nothing is announced as deprecated', () => pm.response.to.not.have.header('Deprecation'))"

/** A refusal of deprecated names names a replacement in each issue; a refusal of a retired route, in the problem itself. */
export function checkRefusal({ status, code, issue }: NonNullable<Step['refusal']>): readonly string[] {
  const hasReplacement = "pm.test('the replacement is named', () => "
  const lines = [
    checkStatus(status),
    `pm.test('code ${code}', () => pm.expect(pm.response.json().code).to.equal('${code}'))`,
  ]
  if (code === 'retired_route')
    return [...lines, `${hasReplacement}pm.expect(pm.response.json().replacement).to.be.a('string'))`]
  if (issue === undefined) return lines
  return [
    ...lines,
    `${hasReplacement}{`,
    '  for (const { code, replacement } of pm.response.json().detail) {',
    `    pm.expect(code).to.equal('${issue}')`,
    "    pm.expect(replacement).to.be.a('string')",
    '  }',
    '})',
  ]
}

/** Stores values of a reply in variables: name → the value as an expression over the reply. */
export function setVariables(expressions: Readonly<Record<string, string>>): readonly string[] {
  const lines = Object.entries(expressions).map(([name, value]) => `  pm.collectionVariables.set('${name}', ${value})`)
  if (lines.length === 0) return []
  return [
    "pm.test('the reply has the values that later requests use', () => {",
    '  const reply = pm.response.json()',
    ...lines,
    '})',
  ]
}

/** The reply must have every required field of its schema, nested ones too, and no field of another generation. */
export function checkFields(schema: JsonSchema | undefined, documents: Documents): readonly string[] {
  if (schema === undefined) return ["pm.test('there is no body', () => pm.expect(pm.response.text()).to.equal(''))"]
  return [
    "pm.test('the reply has the fields of the contract', () => {",
    '  const reply = pm.response.json()',
    ...expectations(schema, 'reply', documents).map((line) => `  ${line}`),
    '})',
  ]
}

function expectations(schema: JsonSchema, place: string, documents: Documents): readonly string[] {
  const { type, items, required = [], properties = {} } = follow(schema, documents.expected)
  if (type === 'array') {
    const inside = items === undefined ? [] : expectations(items, 'row', documents)
    const each = inside.length === 0 ? [] : [`for (const row of ${place}) {`, ...inside.map((line) => `  ${line}`), '}']
    return [`pm.expect(${place}).to.be.an('array')`, ...each]
  }
  if (type !== 'object' || required.length === 0) return []

  const all = schema.$ref === undefined ? {} : (follow(schema, documents.transitional).properties ?? {})
  const otherNames = Object.keys(all).filter((name) => !Object.hasOwn(properties, name))
  return [
    `pm.expect(${place}).to.include.all.keys(${quote(required)})`,
    ...(otherNames.length === 0 ? [] : [`pm.expect(${place}).to.not.have.any.keys(${quote(otherNames)})`]),
    ...required.flatMap((name) => expectations(properties[name] ?? {}, `${place}.${name}`, documents)),
  ]
}

const quote = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ')

function follow(schema: JsonSchema, { components }: OpenApiDocument): JsonSchema {
  return components.schemas[schema.$ref?.split('/').at(-1) ?? ''] ?? schema
}
