import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as sdk from '../src/index.ts'

const packageFolder = join(import.meta.dirname, '..')
const readme = await readFile(join(packageFolder, 'README.md'), 'utf8')
const optionsPage = await readFile(join(packageFolder, '../../docs/options.md'), 'utf8')
const errorsPage = await readFile(join(packageFolder, '../../docs/errors.md'), 'utf8')

test('the README is at most 1200 words long', () => {
  expect(readme.split(/\s+/).length).toBeLessThan(1200)
})

test('the page about errors has a row for every error class', () => {
  const errors = Object.keys(sdk).filter((name) => /^[A-Z].*Error$/.test(name) && name !== 'InvalidInputError')

  expect(errors.length).toBeGreaterThan(10)
  expect(errors.filter((name) => !errorsPage.includes(`| \`${name}\` |`))).toEqual([])
})

test('the page about options has a row for every option', async () => {
  const files = ['src/core/options.ts', 'src/legacy/options.ts'].map((file) => join(packageFolder, file))
  const sources = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  const bodies = sources.flatMap((source) =>
    [...source.matchAll(/interface (?:ClientOptions|LegacyFieldsOption)\b.*? \{\n(.*?)^\}/gms)].map(
      ([, body = '']) => body,
    ),
  )
  const options = bodies.flatMap((body) => [...body.matchAll(/^ {2}readonly (\w+)/gm)].map(([, name]) => name))

  expect(options).toEqual(expect.arrayContaining(['baseUrl', 'generation', 'legacyFields']))
  expect(options.filter((name) => !optionsPage.includes(`| \`${name}\` |`))).toEqual([])
})

test('the README names every option of a call', async () => {
  const source = await readFile(join(packageFolder, 'src/core/options.ts'), 'utf8')
  const [, body = ''] = /interface RequestOptions \{\n(.*?)^\}/ms.exec(source) ?? []
  const options = [...body.matchAll(/^ {2}readonly (\w+)/gm)].map(([, name]) => name)
  const [, listed = ''] = /last argument of each method is `\{ (.*?) \}`/.exec(readme) ?? []

  expect(options).toContain('signal')
  expect(new Set(listed.split(', '))).toEqual(new Set(options))
})

test('the README names every method', () => {
  const client = sdk.createClient({ baseUrl: 'https://tickets.example.test', token: 't', generation: 'current' })
  const methods = [client, client.integrations, client.tickets, client.deprecations].flatMap(Object.keys)

  expect(methods.filter((method) => !readme.includes(`\`${method}\``) && !readme.includes(`client.${method}`))).toEqual(
    [],
  )
})
