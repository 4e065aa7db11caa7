// What Postman runs before and after a request, as lines of JavaScript.

export const test = (lines) => ({ listen: 'test', script: toScript(lines) })
export const beforehand = (lines) => ({ listen: 'prerequest', script: toScript(lines) })

const toScript = (exec) => ({ type: 'text/javascript', exec })

/** After every request. */
export const speaks = (generation) => [
  `pm.test('${generation} answers', () => pm.expect(pm.response.headers.get('API-Generation')).to.equal('${generation}'))`,
  "pm.test('a body is JSON', () => pm.expect(pm.response.text() === '' || pm.response.json()).to.not.equal(undefined))",
  "if (pm.response.headers.has('ETag')) pm.collectionVariables.set('etag', pm.response.headers.get('ETag'))",
]

export const answers = (status) => [`pm.test('answers ${status}', () => pm.response.to.have.status(${status}))`]

/** A refusal of old words says what to use instead, in each item or for the whole. */
export function refuses({ status, code, issue }) {
  const lines = [
    ...answers(status),
    `pm.test('says ${code}', () => pm.expect(pm.response.json().code).to.equal('${code}'))`,
  ]
  if (code === 'retired_route')
    return [...lines, `pm.test('${INSTEAD}', () => pm.expect(pm.response.json().replacement).to.be.a('string'))`]
  if (issue === undefined) return lines
  return [
    ...lines,
    `pm.test('${INSTEAD}', () => {`,
    '  for (const { code, replacement } of pm.response.json().detail) {',
    `    pm.expect(code).to.equal('${issue}')`,
    `    pm.expect(replacement).to.be.a('string')`,
    '  }',
    '})',
  ]
}

const INSTEAD = 'says what to use instead'

/** Only transitional says so when old words were used, and only then. */
export const announces = (old) => [
  old
    ? "pm.test('says that the words are deprecated', () => pm.response.to.have.header('Deprecation'))"
    : "pm.test('finds nothing deprecated', () => pm.response.to.not.have.header('Deprecation'))",
]

/** Strict: how a consumer proves that it is done with the old words. */
export const prefers = [
  "pm.test('is read strictly', () => pm.response.to.have.header('Preference-Applied', 'handling=strict'))",
]

/** Names are not unique, but a name that is looked up has to be. */
export const freshName = [
  "pm.collectionVariables.set('integration_name', pm.variables.replaceIn('JIRA Production {{$guid}}'))",
]

export function keeps(places) {
  if (Object.keys(places).length === 0) return []
  return [
    "pm.test('the next requests know it', () => {",
    '  const reply = pm.response.json()',
    ...Object.entries(places).map(([name, place]) => `  pm.collectionVariables.set('${name}', ${place})`),
    '})',
  ]
}

/** Every field that the schema of a reply requires is there, in objects inside of it as well, and no other spelling. */
export function fieldsOf(schema, documents) {
  if (schema === undefined) return ["pm.test('has no body', () => pm.expect(pm.response.text()).to.equal(''))"]
  return [
    "pm.test('has the fields of the contract', () => {",
    '  const reply = pm.response.json()',
    ...expectations(schema, 'reply', documents).map((line) => `  ${line}`),
    '})',
  ]
}

function expectations(schema, place, documents) {
  const { type, items, required = [], properties = {} } = follow(schema, documents.own)
  if (type === 'array') {
    const inside = expectations(items, 'row', documents)
    const each = inside.length === 0 ? [] : [`for (const row of ${place}) {`, ...inside.map((line) => `  ${line}`), '}']
    return [`pm.expect(${place}).to.be.an('array')`, ...each]
  }
  if (type !== 'object' || required.length === 0) return []

  // Transitional has both spellings, so what it has beyond is the spelling of another generation.
  const both = schema.$ref === undefined ? {} : follow(schema, documents.both).properties
  const others = Object.keys(both).filter((name) => !Object.hasOwn(properties, name))
  return [
    `pm.expect(${place}).to.include.all.keys(${quote(required)})`,
    ...(others.length === 0 ? [] : [`pm.expect(${place}).to.not.have.any.keys(${quote(others)})`]),
    ...required.flatMap((name) => expectations(properties[name], `${place}.${name}`, documents)),
  ]
}

const quote = (names) => names.map((name) => `'${name}'`).join(', ')

const follow = (schema, { components }) =>
  schema.$ref === undefined ? schema : components.schemas[schema.$ref.split('/').at(-1)]
