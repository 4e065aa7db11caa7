// Which package and which folder may import which. `npm test -- imports` checks it, and scripts/planted-mistakes.test.ts shows
// that each rule reports a forbidden import.

const ours = (...names) => names.map((name) => `^packages/${name}/src/`)
const theirs = (...names) => names.map((name) => `node_modules/${name}/`)

const tests = '(^|/)test/|\\.test(-d)?\\.ts$'
const testTools = theirs('vitest', 'fast-check')

/** The sources of a package import the package itself and what is listed. The comment says what another import would cost. */
const closedPackage = (name, allowed, comment) => ({
  name: `${name}-imports`,
  comment,
  severity: 'error',
  from: { path: `^packages/${name}/`, pathNot: [tests, '\\.config\\.ts$'] },
  to: { pathNot: [...ours(name), ...allowed] },
})

/** A package that may also import third-party libraries: only our own packages are listed. */
const openPackage = (name, allowed, comment) => ({
  ...closedPackage(name, allowed, comment),
  to: { path: '^(packages|examples|scripts)/', pathNot: [`^packages/${name}/`, ...allowed] },
})

/**
 * The folders of a package, the highest first: a folder imports itself and what is below it in the list. What is not in
 * the list (`index.ts`, `client.ts`) is above all of them.
 */
export const folders = {
  domain: [
    ['internal', 'The list of what only our own packages import.'],
    ['openapi', 'Documents are derived from the contract; nothing depends on them.'],
    ['validation', 'Requests and replies checked against the contract, in any generation.'],
    ['versioning', 'From retired names to current ones and back, for a body, a reply or a schema.'],
    [
      'versioning/changes',
      'One file per change of the wire. A change does not depend on how it is applied to an endpoint.',
    ],
    ['contract', 'The endpoints in the current generation. Nothing here depends on an older one.'],
    ['entities', 'What requests and replies are made of, in the current generation.'],
    ['catalog', 'Platforms, credentials and status: tables that everything else is derived from.'],
    ['schema', 'How schemas and JSON are written and checked, whatever they are about.'],
    ['problems', 'Error codes and field errors; everything else may report them.'],
    ['text', 'Texts of any origin. Nothing here depends on the API.'],
  ],
  sdk: [
    ['legacy', 'Everything about older generations. Nothing imports it but `index.ts`, so it can be deleted.'],
    ['client.ts', 'The client of the current generation, and the parts that the other one is built from.'],
    ['current-dialect.ts', 'What a call to a backend of the current generation needs no code for.'],
    ['resources', 'The methods of the client: each is a few steps over what is below.'],
    ['pagination', 'A list is many requests; it does not depend on what its rows are.'],
    ['request.ts', 'One request to an endpoint: it is encoded, sent, decoded and verified here.'],
    ['verification', 'Whether a write had its effect is decided from requests and replies alone.'],
    ['transport', 'HTTP: from an encoded request to a decoded reply, whatever they are about.'],
    ['core', 'What a call is: options, settings, limits, results. It sends nothing.'],
    ['errors', 'The errors and what keeps secrets out of them; everything else may throw them.'],
  ],
  'reference-api': [
    ['http', 'One request from headers to response: everything below works without HTTP.'],
    ['profiles', 'Deviations wrap the handlers; the handlers do not depend on them.'],
    ['handlers', 'One function per endpoint, in the current generation only.'],
    ['services', 'Steps that several handlers share.'],
    ['store', 'The store in memory and what handlers need beside a store.'],
    ['serializers', 'The reply form of rows.'],
    ['ports', 'The interfaces to other systems, with deterministic defaults; a server replaces them.'],
    ['errors', 'Everything else may throw them.'],
  ],
  'test-utils': [
    ['cli', 'The command: arguments, files, exit codes. Nothing else reads the process.'],
    ['reporters', 'A report as text in each format, for the library and the command alike.'],
    ['usage', 'What a consumer uses of the API, recorded by the mock and checked against the contract.'],
    ['verify/engine', 'Runs the cases against a backend and reports what they found.'],
    ['verify/cases', 'What is verified. A case states a request and an expectation; it does not run itself.'],
    ['verify/model', 'What cases, reports and the engine share.'],
    ['mock', 'The test API. Verification must not depend on it: it judges any backend.'],
    ['mock/faults', 'What goes wrong with a request, independent of how the mock is reached.'],
    ['mock/fixtures', 'Rows, replies and inputs, derived from the tables of the domain.'],
    ['mock/recording', 'What is recorded of a request.'],
    ['core', 'Small parts that both the mock and the verification use.'],
  ],
  migrate: [
    ['cli', 'The command: arguments, questions, output. Nothing else reads the process.'],
    ['connect.ts', 'A session of a server; everything below works on PGlite too.'],
    ['migration.ts', 'The commands as functions: which steps run, in which order.'],
    ['backup', 'The tables in a file, independent of the steps.'],
    ['runner', 'How a step runs: locks, batches, progress, what is recorded.'],
    ['steps', 'What each step changes, as statements. A step does not run itself.'],
    ['catalog', 'The tables as they were found, and the mapping as SQL.'],
    ['database.ts', 'One session and its transactions; everything else sends statements through it.'],
    ['errors.ts', 'Everything else may throw them.'],
  ],
  server: [
    ['cli', 'The command: arguments, output, exit codes, signals. Nothing else reads the process.'],
    ['runtime', 'The API as a process: listening, logs, shutdown. What the API does is not decided here.'],
    ['settings', 'The environment as values. Only the process depends on it.'],
    ['platforms', 'Requests to platforms. They depend on no database and on no setting.'],
    ['operations', 'What operators read and change in the database.'],
    ['access', 'Tokens and users in SQL.'],
    ['store', 'The store of the reference API in SQL. It assumes that the schema is up to date.'],
    ['schema', 'The steps that create the tables. A step keeps its SQL as it was written.'],
    ['database', 'Connections; what is below them is independent of SQL.'],
    ['secrets', 'Encryption. Nothing else sees a key.'],
    ['errors.ts', 'Everything else may throw them.'],
  ],
}

const folderRules = Object.entries(folders).flatMap(([name, list]) =>
  list.map(([folder, comment], index) => ({
    name: `${name}-folder-${folder.replace('.ts', '')}`,
    comment,
    severity: 'error',
    from: { path: `^packages/${name}/src/${pathOf(folder)}` },
    to: {
      path: `^packages/${name}/src/`,
      pathNot: list.slice(index).map(([lower]) => `^packages/${name}/src/${pathOf(lower)}`),
    },
  })),
)

function pathOf(folder) {
  return folder.endsWith('.ts') ? `${folder.replace('.', '\\.')}$` : `${folder}/`
}

const CONTRACT_CASES = '^packages/test-utils/src/verify/cases/generated'
/** What the configurations of all tests share, in the root. */
const TEST_SETTINGS = '^vitest\\.'
/** Suites for every store or backend, what starts a server, and the existing tables. They are not published, because only our own packages have stores. */
const SUITES =
  '^packages/(reference-api|sdk|server)/test/(store-conformance|server-process|existing-columns|[a-z-]+-suite)[.]ts$'
const PRIVATE = ['^packages/conformance/', '^packages/test-postgresql/']
const everyPackage = ours('domain', 'sdk', 'reference-api', 'test-utils', 'migrate', 'server')

export default {
  forbidden: [
    ...folderRules,
    closedPackage(
      'domain',
      theirs('zod/mini'),
      'domain is pure and is part of every bundle: no I/O, no Node, and of zod only the small build.',
    ),
    closedPackage(
      'sdk',
      [...ours('domain'), ...theirs('ky')],
      'sdk runs wherever fetch does (browser, worker, Node): a `node:` import breaks it there, and every library adds to the bundle of every consumer. ky sends the requests.',
    ),
    openPackage(
      'reference-api',
      ours('domain'),
      'The API depends on the contract, not on its clients: if it shared code with the sdk, both could have the same mistake and agree.',
    ),
    openPackage(
      'test-utils',
      ours('domain', 'reference-api'),
      'The mock is the reference API itself; a consumer who tests without our sdk must be able to use it.',
    ),
    openPackage(
      'migrate',
      [],
      'The migration keeps the mapping that it was written with, so its sources import no table of the application that can change.',
    ),
    openPackage(
      'server',
      [...ours('domain', 'reference-api'), SUITES],
      'The server adds stores and adapters to the reference API. A rule that it had alone would be missing in the mock.',
    ),
    openPackage(
      'conformance',
      [...everyPackage, '^packages/test-postgresql/', SUITES],
      'conformance tests the published packages and nothing else.',
    ),
    openPackage('test-postgresql', [], 'It makes databases for tests of any package, so it depends on none of them.'),
    {
      name: 'examples-imports',
      comment: 'Consumers copy the examples: only names of published packages work there.',
      severity: 'error',
      from: { path: '^examples/([^/]+)/' },
      to: { path: '^(packages|examples|scripts)/', pathNot: ['^examples/$1/', ...everyPackage] },
    },
    {
      name: 'tests-of-lower-packages',
      comment: 'A test that needs a package above its own belongs in conformance.',
      severity: 'error',
      from: { path: '^packages/(domain|reference-api)/', pathNot: '\\.config\\.ts$' },
      to: { path: '^packages/', pathNot: ['^packages/$1/', '^packages/domain/src/'] },
    },
    {
      name: 'no-private-files',
      comment:
        'A relative path into another package reaches private files: import the name of the package, or add what is missing to its index.ts.',
      severity: 'error',
      from: { path: '^((?:packages|examples)/[^/]+)/', pathNot: '\\.config\\.ts$' },
      to: { pathNot: ['^$1/', SUITES, TEST_SETTINGS], dependencyTypes: ['local'] },
    },
    {
      name: 'imports-that-resolve',
      comment:
        'The import does not resolve: this package.json does not declare the package, or its `exports` do not list the path.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'sources-without-dev-dependencies',
      comment: 'A devDependency is not installed at the consumer, so sources cannot import it.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: [tests, '^packages/conformance/'] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm', 'npm-peer'] },
    },
    {
      name: 'sources-without-tests',
      comment:
        'Sources are published and tests are not, so sources cannot import tests. Private packages serve tests alone.',
      severity: 'error',
      // The contract cases generate bodies at run time.
      from: { path: '^(packages|examples)/', pathNot: [tests, ...PRIVATE, CONTRACT_CASES] },
      to: { path: [tests, ...testTools] },
    },
    {
      name: 'no-cycles',
      comment: 'No file of a cycle can be read, tested or moved first.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    // Type-only imports count: they couple packages as well.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // Only our own dist folders: libraries resolve to theirs, and an excluded file is not checked.
    exclude: { path: '^(packages|examples)/[^/]+/(dist|coverage|\\.tmp)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@ai-ticket-creator/source', 'import', 'types', 'default'],
    },
  },
}
