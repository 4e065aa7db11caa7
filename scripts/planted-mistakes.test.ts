import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, globSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

// A rule whose pattern no longer matches any path always passes, and so does a type test that no configuration includes.
// So each check gets a file that it must report, in a copy of the repository without its sources.

// test-postgresql has no type tests, because only tests use it.
const packages = readdirSync('packages').filter((name) => name !== 'test-postgresql')
const CONFIG = resolve('.dependency-cruiser.mjs')
// The configuration is JavaScript without types.
const { default: config, folders } = (await import(CONFIG)) as ImportRules

/** A file, its imports, and the rules that must report it. */
type PlantedFile = readonly [string, readonly string[], readonly string[]]

interface ImportRules {
  readonly default: { readonly forbidden: readonly { readonly name: string }[] }
  /** The folders of each package, the highest first, each with its purpose. */
  readonly folders: Readonly<Record<string, readonly (readonly [string, string])[]>>
}

interface Violation {
  readonly from: string
  readonly rule: { readonly name: string }
}

describe('imports', async () => {
  // biome-ignore format: one row each
  const plants: readonly PlantedFile[] = [
    ['packages/domain/src/index.ts', ['zod/mini', './other.ts'], []],
    ['packages/domain/src/other.ts', [], []],
    ['packages/domain/src/reads-files.ts', ['node:fs'], ['domain-imports']],
    ['packages/domain/src/large-zod.ts', ['zod'], ['domain-imports']],
    ['packages/domain/src/imports-sdk.ts', ['@ai-ticket-creator/sdk'], ['domain-imports']],
    ['packages/domain/src/imports-test.ts', ['../test/helper.ts'], ['domain-imports', 'sources-without-tests']],
    ['packages/domain/src/imports-test-tool.ts', ['fast-check'], ['domain-imports', 'sources-without-dev-dependencies', 'sources-without-tests']],
    ['packages/domain/src/cycle.ts', ['./cycle-end.ts'], []], // a cycle is reported once
    ['packages/domain/src/cycle-end.ts', ['type ./cycle.ts'], ['no-cycles']],
    ['packages/domain/test/helper.ts', [], []],
    ['packages/domain/test/good.test.ts', ['../src/index.ts', './helper.ts', 'fast-check'], []],
    ['packages/domain/test/imports-sdk.test.ts', ['../../sdk/src/index.ts'], ['no-private-files', 'tests-of-lower-packages']],
    ['packages/sdk/src/index.ts', ['@ai-ticket-creator/domain'], []],
    ['packages/sdk/src/node-only.ts', ['node:crypto'], ['sdk-imports']],
    ['packages/sdk/src/imports-type.ts', ['type @ai-ticket-creator/reference-api'], ['sdk-imports']],
    ['packages/sdk/src/deep-name.ts', ['@ai-ticket-creator/domain/src/other.ts'], ['imports-that-resolve', 'sdk-imports']],
    ['packages/sdk/test/good.test.ts', ['@ai-ticket-creator/reference-api', '../src/index.ts', 'node:http'], []],
    ['packages/sdk/test/deep-path.test.ts', ['../../domain/src/other.ts'], ['no-private-files']],
    ['packages/reference-api/src/index.ts', ['@ai-ticket-creator/domain', 'hono', 'node:process'], []],
    ['packages/reference-api/src/imports-sdk.ts', ['../../sdk/src/index.ts'], ['no-private-files', 'reference-api-imports', 'tests-of-lower-packages']],
    ['packages/test-utils/src/index.ts', ['@ai-ticket-creator/reference-api', 'msw', 'node:module'], []],
    ['packages/test-utils/src/imports-sdk.ts', ['@ai-ticket-creator/sdk'], ['test-utils-imports']],
    ['packages/migrate/src/index.ts', ['pg', './other.ts'], []],
    ['packages/migrate/src/other.ts', [], []],
    ['packages/migrate/src/imports-domain.ts', ['@ai-ticket-creator/domain'], ['migrate-imports']],
    ['packages/server/src/index.ts', ['@ai-ticket-creator/reference-api', 'kysely', 'node:crypto'], []],
    ['packages/server/src/imports-sdk.ts', ['../../sdk/src/index.ts'], ['no-private-files', 'server-imports']],
    ['packages/conformance/src/good.ts', ['@ai-ticket-creator/sdk', 'vitest'], []],
    ['packages/conformance/src/imports-example.ts', ['../../../examples/quickstart/main.ts'], ['conformance-imports', 'no-private-files']],
    ['packages/test-postgresql/src/good.ts', ['pg', 'vitest', 'node:net'], []],
    ['packages/test-postgresql/src/imports-server.ts', ['../../server/src/index.ts'], ['no-private-files', 'test-postgresql-imports']],
    ['examples/quickstart/main.ts', ['@ai-ticket-creator/sdk', 'node:process'], []],
    ['examples/quickstart/private.ts', ['../../packages/conformance/src/good.ts'], ['examples-imports', 'no-private-files']],
    ...Object.entries(folders).flatMap(([name, list]) => list.map(([folder], index) => plantedFileOf(name, folder, list[index - 1]?.[0]))),
  ]
  const reported = await violationsIn(plants)

  test.each(plants)('%s with %j is reported by %j', (file, _, rules) => {
    expect(
      reported
        .filter(({ from }) => from === file)
        .map(({ rule }) => rule.name)
        .toSorted(),
    ).toEqual(rules)
  })

  test('every rule reports something here', () => {
    const rules = plants.flatMap(([, , names]) => names)

    expect(config.forbidden.map(({ name }) => name).filter((name) => !rules.includes(name))).toEqual([])
  })
})

describe('types', async () => {
  const tree = copyTree('types')
  for (const name of packages) {
    plant(tree, `packages/${name}/test/right.test-d.ts`, typeTest('number'))
    plant(tree, `packages/${name}/test/wrong.test-d.ts`, typeTest('string'))
  }
  plant(tree, 'packages/domain/src/impure.ts', `export const reply = fetch('https://api.example')\n`)
  plant(tree, 'packages/sdk/src/node-only.ts', 'export const { pid } = process\n')

  test.each(packages)('tsc reports a wrong type test of %s', async (name) => {
    expect(await outputs.tsc).toContain(`packages/${name}/test/wrong.test-d.ts`)
  })

  test('a right type test is not reported', async () => {
    expect(await outputs.tsc).not.toContain('right.test-d.ts(')
  })

  test('domain has no fetch, and sdk has no process', async () => {
    expect(await outputs.domain).toContain("Cannot find name 'fetch'")
    expect(await outputs.sdk).toContain("Cannot find name 'process'")
  })

  const outputs = {
    tsc: outputOf('tsc', ['-p', tree]),
    domain: outputOf('tsc', ['-p', join(tree, 'packages/domain')]),
    sdk: outputOf('tsc', ['-p', join(tree, 'packages/sdk')]),
  }
})

/** A file that imports the folder above its own. A file of the highest folder imports index.ts. */
function plantedFileOf(name: string, folder: string, above = 'index.ts'): PlantedFile {
  const fileOf = (place: string) => `packages/${name}/src/${place.endsWith('.ts') ? place : `${place}/file.ts`}`
  const path = relative(dirname(fileOf(folder)), fileOf(above))
  return [fileOf(folder), [path.startsWith('.') ? path : `./${path}`], [`${name}-folder-${folder.replace('.ts', '')}`]]
}

async function violationsIn(plants: readonly PlantedFile[]): Promise<readonly Violation[]> {
  const tree = copyTree('imports')
  for (const [file, imports] of plants) {
    const lines = imports.map((name) =>
      name.startsWith('type ') ? `import type {} from '${name.slice(5)}'` : `import '${name}'`,
    )
    plant(tree, file, `${lines.join('\n')}\nexport {}\n`)
  }
  const flags = ['--config', CONFIG, '--output-type', 'json']
  const output = await outputOf('depcruise', [...flags, 'packages', 'examples'], tree)
  // The JSON output of dependency-cruiser has this form.
  return (JSON.parse(output) as { summary: { violations: Violation[] } }).summary.violations
}

/** Copies the configuration of the repository and its installed packages. Links between our packages stay inside the copy. */
function copyTree(name: string): string {
  const tree = resolve('.tmp/planted', name)
  rmSync(tree, { recursive: true, force: true })
  const configuration = ['package.json', 'tsconfig.json', 'node_modules']
  for (const folder of globSync('{packages,examples}/*'))
    for (const file of configuration.filter((one) => existsSync(join(folder, one))))
      cpSync(join(folder, file), join(tree, folder, file), { recursive: true, verbatimSymlinks: true })
  for (const file of ['package.json', 'tsconfig.json', 'tsconfig.base.json']) cpSync(file, join(tree, file))
  symlinkSync(resolve('node_modules'), join(tree, 'node_modules'))
  return tree
}

function plant(tree: string, file: string, text: string): void {
  mkdirSync(dirname(join(tree, file)), { recursive: true })
  writeFileSync(join(tree, file), text)
}

/** Returns the output of a command that is expected to fail. */
async function outputOf(command: string, args: readonly string[], cwd = '.'): Promise<string> {
  const child = spawn(command, args, { cwd, env: { ...process.env, NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data))
  await once(child, 'close')
  return output
}

function typeTest(type: string): string {
  return `import { expectTypeOf, test } from 'vitest'\n\ntest('one is a ${type}', () => expectTypeOf(1).toEqualTypeOf<${type}>())\n`
}
