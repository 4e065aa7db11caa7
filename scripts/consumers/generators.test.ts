import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

// Generates clients in three languages from the OpenAPI documents. The tests need python3 with venv, and go, and download the
// generators.

const TYPESCRIPT = ['openapi-typescript@7.13.0', '@redocly/cli@2.77.0', 'typescript@5.9.3']
const PYTHON = 'openapi-python-client==0.29.1'
const OGEN = 'v1.25.0'

const generations = readdirSync('docs/openapi').map((file) => file.replace('.json', ''))
const folder = mkdtempSync(join(tmpdir(), 'generators-'))
const documents = resolve('docs/openapi')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

beforeAll(async () => {
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  await run('npm', ['install', '--no-audit', '--no-fund', ...TYPESCRIPT])
  await run('python3', ['-m', 'venv', 'venv'])
  await run('venv/bin/pip', ['install', '--quiet', PYTHON])
  await run('go', ['install', `github.com/ogen-go/ogen/cmd/ogen@${OGEN}`], { GOBIN: join(folder, 'bin') })
})

test.each(generations)('the document of %s has no faults for redocly', async (generation) => {
  // Both rules report correct parts: two paths end with a slash, and `if` requires properties of the enclosing object.
  const skipped = ['no-path-trailing-slash', 'no-required-schema-properties-undefined']
  const flags = skipped.flatMap((rule) => ['--skip-rule', rule])

  const output = await run('npx', ['redocly', 'lint', ...flags, '--format', 'json', documentOf(generation)])

  expect(JSON.parse(output)).toMatchObject({ problems: [] })
})

test.each(generations)(
  'openapi-typescript generates types from the document of %s that compile',
  async (generation) => {
    const file = `${generation}.ts`
    // A field with a default is optional in requests.
    await run('npx', ['openapi-typescript', documentOf(generation), '--default-non-nullable', 'false', '-o', file])

    const flags = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext']
    expect(await run('npx', ['tsc', ...flags, file])).toBe('')
  },
)

test.each(generations)('openapi-python-client generates a client from the document of %s', async (generation) => {
  writeFileSync(join(folder, 'python.yml'), 'post_hooks: []\n')
  const flags = ['--config', 'python.yml', '--fail-on-warning', '--meta', 'none', '--output-path', `py_${generation}`]
  await run('venv/bin/openapi-python-client', ['generate', '--path', documentOf(generation), ...flags])

  await run('venv/bin/python', ['-c', `import py_${generation}.models, py_${generation}.client`])
  const models = readdirSync(join(folder, `py_${generation}`, 'models'))
  expect(models.filter((name) => /problem|response_\d/.test(name)).toSorted()).toEqual([
    'problem.py',
    'problem_candidate.py',
    'rate_limit_problem.py',
  ])
})

test('ogen generates clients in Go from all documents, and they compile', async () => {
  const project = join(folder, 'go')
  for (const generation of generations) {
    mkdirSync(join(project, generation), { recursive: true })
    await run('bin/ogen', ['--package', 'api', '--target', join(project, generation), documentOf(generation)])
  }
  writeFileSync(
    join(project, 'go.mod'),
    `module example.test/clients\n\ngo 1.24\n\nrequire github.com/ogen-go/ogen ${OGEN}\n`,
  )

  await run('go', ['-C', project, 'mod', 'tidy'])
  expect(await run('go', ['-C', project, 'build', './...'])).toBe('')
})

const documentOf = (generation: string): string => join(documents, `${generation}.json`)

/** Runs a command and returns its standard output. The error of a failed command contains all of its output. */
async function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const options = { cwd: folder, env: { ...process.env, ...env, NO_COLOR: '1' }, maxBuffer: 2 ** 26 }
  const file = command.includes('/') ? join(folder, command) : command
  const { stdout } = await promisify(execFile)(file, args, options).catch((error: unknown) => {
    // `execFile` rejects with an error that has these members.
    const { stdout: output, stderr, message } = error as { stdout?: string; stderr?: string; message: string }
    throw new Error([message, output, stderr].filter(Boolean).join('\n'))
  })
  return stdout
}
