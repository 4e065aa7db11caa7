// Who may import whom (.dependency-cruiser.mjs). A rule whose pattern no longer matches a path would pass for ever,
// so a small tree of planted imports is cruised first: each rule must report its plants, and nothing else.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import config from '../.dependency-cruiser.mjs'

// biome-ignore format: file, what it imports, the rules that must object
const plants = [
  ['packages/domain/src/index.ts', ['zod/mini', './words.ts'], []],
  ['packages/domain/src/schema/unknown-values.ts', [], []],
  ['packages/domain/src/reads-files.ts', ['node:fs'], ['domain-imports']],
  ['packages/domain/src/large-zod.ts', ['zod'], ['domain-imports']],
  ['packages/domain/src/calls-up.ts', ['@ai-ticket-creator/sdk'], ['domain-imports', 'names-that-exist']],
  ['packages/domain/src/needs-a-test.ts', ['../test/helper.ts'], ['domain-imports', 'sources-without-tests']],
  ['packages/domain/src/needs-a-test-tool.ts', ['fast-check'], ['domain-imports', 'sources-without-dev-dependencies', 'sources-without-tests']],
  ['packages/domain/src/circle.ts', ['./round.ts'], ['no-cycles']],
  ['packages/domain/src/round.ts', ['type ./circle.ts'], []], // a circle is reported once
  ['packages/domain/test/helper.ts', [], []],
  ['packages/domain/test/good.test.ts', ['../src/index.ts', './helper.ts', 'fast-check'], []],
  ['packages/domain/test/calls-up.test.ts', ['../../sdk/src/index.ts'], ['tests-import-no-higher-room', 'through-the-front-door']],
  ['packages/sdk/src/index.ts', ['@ai-ticket-creator/domain'], []],
  ['packages/sdk/src/node-only.ts', ['node:crypto'], ['sdk-imports']],
  ['packages/sdk/src/other-library.ts', ['@hono/node-server'], ['sdk-imports', 'sources-without-dev-dependencies']],
  ['packages/sdk/src/type-of-a-higher-room.ts', ['type @ai-ticket-creator/reference-api'], ['sdk-imports']],
  ['packages/sdk/src/deep-name.ts', ['@ai-ticket-creator/domain/src/schema/unknown-values.ts'], ['sdk-imports', 'names-that-exist']],
  ['packages/sdk/src/deep-path.ts', ['../../domain/src/schema/unknown-values.ts'], ['through-the-front-door']],
  ['packages/sdk/test/good.test.ts', ['@ai-ticket-creator/reference-api', '../src/index.ts', 'node:http'], []],
  ['packages/sdk/test/deep-path.test.ts', ['../../domain/src/schema/unknown-values.ts'], ['through-the-front-door']],
  ['packages/reference-api/src/index.ts', ['@ai-ticket-creator/domain', 'hono', 'node:process'], []],
  ['packages/reference-api/src/undeclared.ts', ['ky'], ['names-that-exist']],
  ['packages/reference-api/src/calls-up.ts', ['../../sdk/src/index.ts'], ['reference-api-imports', 'tests-import-no-higher-room', 'through-the-front-door']],
  ['packages/test-utils/src/index.ts', ['@ai-ticket-creator/domain', '@ai-ticket-creator/reference-api', 'msw', 'msw/node', 'node:module'], []],
  ['packages/test-utils/src/calls-up.ts', ['../../sdk/src/index.ts'], ['test-utils-imports', 'through-the-front-door']],
  ['packages/test-utils/src/knows-the-client.ts', ['@ai-ticket-creator/sdk'], ['test-utils-imports']],
  ['packages/test-utils/test/good.test.ts', ['@ai-ticket-creator/sdk', '../src/index.ts'], []],
  ['packages/conformance/src/good.ts', ['@ai-ticket-creator/sdk', '@ai-ticket-creator/reference-api', 'vitest'], []],
  ['packages/conformance/src/runs-an-example.ts', ['../../../examples/quickstart/main.ts'], ['conformance-imports', 'through-the-front-door']],
  ['examples/quickstart/main.ts', ['@ai-ticket-creator/sdk', 'cli-table3', 'node:process'], []],
  ['examples/quickstart/deep-name.ts', ['@ai-ticket-creator/sdk/src/index.ts'], ['names-that-exist']],
  ['examples/quickstart/path.ts', ['../../packages/sdk/src/index.ts'], ['through-the-front-door']],
  ['examples/quickstart/private.ts', ['../../packages/conformance/src/good.ts'], ['examples-imports', 'through-the-front-door']],
]

const rules = new Map(config.forbidden.map((rule) => [rule.name, rule]))
const complaints = [...untriedRules(), ...wrongVerdicts(), ...violations()]

for (const complaint of complaints) console.error(`FAILED ${complaint}`)
console.log(`${rules.size} rules, ${plants.length} planted imports: ${complaints.length} complaints`)
process.exit(complaints.length === 0 ? 0 : 1)

function untriedRules() {
  const tried = new Set(plants.flatMap(([, , expected]) => expected))
  return [...rules.keys()]
    .filter((name) => !tried.has(name))
    .map((name) => `${name}: no planted import tries this rule`)
}

function wrongVerdicts() {
  const { summary } = cruise(plantTree(resolve('.tmp/rooms')))

  return plants.flatMap(([file, imports, expected]) => {
    const reported = summary.violations.filter(({ from }) => from === file).map(({ rule }) => rule.name)
    if (isDeepStrictEqual(new Set(reported), new Set(expected))) return []
    return [
      `planted ${file} → ${imports.join(', ')}: expected [${expected.join(', ')}], reported [${reported.join(', ')}]`,
    ]
  })
}

function violations() {
  const { modules, summary } = cruise('.')
  const rooms = new Set(modules.map(({ source }) => source.match(/^(packages|examples)\/[^/]+\//)?.[0]))
  const empty = listRooms().filter((room) => !rooms.has(room))

  return [
    ...empty.map((room) => `${room}: no source file found, so nothing was checked`),
    ...summary.violations.map(
      ({ rule, from, to, cycle }) =>
        `${rule.name}: ${[from, ...(cycle ? cycle.map(({ name }) => name) : [to])].join(' → ')}\n       ${rules.get(rule.name).comment}`,
    ),
  ]
}

function cruise(folder) {
  const args = ['--config', resolve('.dependency-cruiser.mjs'), '--output-type', 'json', 'packages', 'examples']
  const { stdout, stderr } = spawnSync('depcruise', args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (stdout === '') throw new Error(`dependency-cruiser said nothing: ${stderr}`)
  return JSON.parse(stdout)
}

function listRooms() {
  return ['packages', 'examples'].flatMap((group) =>
    readdirSync(group, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${group}/${name}/`)
      // A folder that was renamed leaves its `node_modules` behind in other people's clones.
      .filter((room) => readdirSync(room).some((entry) => entry !== 'node_modules')),
  )
}

/** The planted files beside the true package.json files, with the true installed dependencies. */
function plantTree(folder) {
  rmSync(folder, { recursive: true, force: true })

  for (const [file, imports] of plants) {
    const lines = imports.map((name) =>
      name.startsWith('type ') ? `import type {} from '${name.slice(5)}'` : `import '${name}'`,
    )
    write(join(folder, file), `${lines.join('\n')}\nexport {}\n`)
  }

  for (const room of listRooms()) {
    write(join(folder, room, 'package.json'), readFileSync(join(room, 'package.json'), 'utf8'))

    for (const name of installedIn(room)) {
      const target = realpathSync(join(room, 'node_modules', name))
      const link = join(folder, room, 'node_modules', name)
      mkdirSync(dirname(link), { recursive: true })
      // Links between our own packages must lead to the planted copies, so they stay relative to the tree.
      symlinkSync(target.includes('node_modules') ? target : join(folder, target.slice(resolve('.').length)), link)
    }
  }
  return folder
}

function installedIn(room) {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(room, 'package.json'), 'utf8'))
  return Object.keys({ ...dependencies, ...devDependencies })
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
