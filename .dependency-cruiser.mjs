// Who may import whom: the rooms of ARCHITECTURE.md, as a check. `npm run rooms` runs it, and first proves on
// planted violations that each rule still bites (scripts/rooms.mjs).

const ours = (...names) => names.map((name) => `^packages/${name}/src/`)
const theirs = (...names) => names.map((name) => `node_modules/${name}/`)

const tests = '(^|/)test/|\\.test(-d)?\\.ts$'
const testTools = theirs('vitest', 'fast-check')

/** A room's sources import itself and what is listed; the sentence says what an import too many would cost. */
const room = (name, allowed, comment) => ({
  name: `${name}-imports`,
  comment,
  severity: 'error',
  from: { path: `^packages/${name}/`, pathNot: [tests, '\\.config\\.ts$'] },
  to: { pathNot: [...ours(name), ...allowed] },
})

/** A room that may also take third-party libraries: only our own packages are listed. */
const openRoom = (name, allowed, comment) => ({
  ...room(name, allowed, comment),
  to: { path: '^(packages|examples|scripts)/', pathNot: [`^packages/${name}/`, ...allowed] },
})

/**
 * The folders of a package, the highest first: a folder imports itself and what is below it in the list. What is not in
 * the list (`index.ts`, `client.ts`) is above all of them.
 */
const folders = {
  sdk: [
    ['resources', 'The methods of the client: each is a few steps over what is below.'],
    ['pagination', 'A list is many requests; it does not depend on what its rows are.'],
    ['request.ts', 'One request to an endpoint: it is encoded, sent, decoded and verified here.'],
    ['verification', 'Whether a write had its effect is decided from requests and replies alone.'],
    ['negotiation', 'Which generation to use. What is below works without an idea of the right one.'],
    ['transport', 'HTTP: from an encoded request to a decoded reply, whatever they are about.'],
    ['deprecations', 'The ledger of deprecated names, and the accessors of results.'],
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
const everyPackage = ours('domain', 'sdk', 'reference-api', 'test-utils')

export default {
  forbidden: [
    ...folderRules,
    room(
      'domain',
      theirs('zod/mini'),
      'domain is pure and everyone carries it, browsers included: no I/O, no Node, and of zod only the small build.',
    ),
    room(
      'sdk',
      ours('domain'),
      'sdk runs wherever fetch does (browser, worker, Node): a node: import breaks it there, a library more is weight in every consumer.',
    ),
    openRoom(
      'reference-api',
      ours('domain'),
      'The API knows the contract, not its clients: if it shared code with the sdk, both could be wrong together and agree.',
    ),
    openRoom(
      'test-utils',
      ours('domain', 'reference-api'),
      'The fake backend is the reference API itself; a consumer who tests without our sdk must be able to use it.',
    ),
    openRoom('conformance', everyPackage, 'conformance judges the published packages; nothing else is its business.'),
    {
      name: 'examples-imports',
      comment: 'Examples are what a consumer copies: only names that npm serves will work there.',
      severity: 'error',
      from: { path: '^examples/([^/]+)/' },
      to: { path: '^(packages|examples|scripts)/', pathNot: ['^examples/$1/', ...everyPackage] },
    },
    {
      name: 'tests-import-no-higher-room',
      comment: 'A test may start a backend for its subject, but one that needs a higher room belongs in conformance.',
      severity: 'error',
      from: { path: '^packages/(domain|reference-api)/', pathNot: '\\.config\\.ts$' },
      to: { path: '^packages/', pathNot: ['^packages/$1/', '^packages/domain/src/'] },
    },
    {
      name: 'through-the-front-door',
      comment:
        "A relative path into another package reaches private files that may change any day: import the package's name, or add the name to its index.ts.",
      severity: 'error',
      from: { path: '^((?:packages|examples)/[^/]+)/', pathNot: '\\.config\\.ts$' },
      to: { pathNot: '^$1/', dependencyTypes: ['local'] },
    },
    {
      name: 'names-that-exist',
      comment:
        'The import leads nowhere: the package is not declared in this package.json, or its `exports` do not list the path (a deep import).',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'sources-without-dev-dependencies',
      comment: 'A dependency of sources that is only a devDependency is missing at the consumer.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: [tests, '^packages/conformance/'] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm', 'npm-peer'] },
    },
    {
      name: 'sources-without-tests',
      comment: 'What sources import is published; tests are not. Only conformance is nothing but tests.',
      severity: 'error',
      // The contract cases make up bodies at run time.
      from: { path: '^(packages|examples)/', pathNot: [tests, '^packages/conformance/', CONTRACT_CASES] },
      to: { path: [tests, ...testTools] },
    },
    {
      name: 'no-cycles',
      comment: 'In a circle no file can be read, tested or moved first.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    // The TypeScript API is the 6.0 one beside tsc 7; type-only imports count, since they tie rooms together as well.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // Only our own: libraries are resolved into their dist folders, and what is excluded is not judged.
    exclude: { path: '^(packages|examples)/[^/]+/(dist|coverage|\\.tmp)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@ai-ticket-creator/source', 'import', 'types', 'default'],
    },
  },
}
