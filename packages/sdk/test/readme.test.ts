import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import * as sdk from '../src/index.ts'

const home = join(import.meta.dirname, '..')
const readme = await readFile(join(home, 'README.md'), 'utf8')

test('the examples of the README compile as a consumer’s own', { timeout: 60_000 }, async () => {
  const blocks = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code)
  // Inside the package, so that its name leads to its own sources.
  const folder = join(home, 'node_modules', '.readme')
  await mkdir(folder, { recursive: true })
  await Promise.all(blocks.map((code, index) => writeFile(join(folder, `block-${index}.ts`), code)))
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(home, '..', '..', 'tsconfig.base.json'),
      compilerOptions: { types: ['node'], typeRoots: [join(home, '..', '..', 'node_modules', '@types')] },
      include: ['*.ts'],
    }),
  )

  const tsc = join(home, '..', '..', 'node_modules', '.bin', 'tsc')
  const outcome = await promisify(execFile)(tsc, ['-p', folder]).catch((error: { stdout: string }) => error)
  await rm(folder, { recursive: true })

  expect(blocks.length).toBeGreaterThan(3)
  expect(outcome.stdout).toBe('')
})

test('the README names every error, option and method', () => {
  const errors = Object.keys(sdk).filter((name) => /^[A-Z].*Error$/.test(name) && name !== 'InvalidInputError')

  expect(errors.filter((name) => !readme.includes(`| \`${name}\` |`))).toEqual([])
  for (const option of [
    'baseUrl',
    'token',
    'generation',
    'consumer',
    'timeout',
    'totalTimeout',
    'retry',
    'nameCacheTtl',
    'fetch',
    'onEvent',
    'allowUnverified',
  ])
    expect(readme).toContain(`| \`${option}\` |`)
  const client = sdk.createClient({ baseUrl: 'https://tickets.example.test', token: 't', generation: 'current' })
  for (const method of [...Object.keys(client.integrations), ...Object.keys(client.tickets)])
    expect(readme).toContain(`\`${method}\``)
})
