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

const CONTRACT_CASES = '^packages/test-utils/src/verify/cases/generated'
const everyPackage = ours('domain', 'sdk', 'reference-api', 'test-utils')

export default {
  forbidden: [
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
