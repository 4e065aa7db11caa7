import { join } from 'node:path'
import { inspect } from 'node:util'
import { type BuildOptions, build } from 'esbuild'
import { describe, expect, test } from 'vitest'
import * as sdk from '../src/index.ts'
import { failureOf } from './backend.ts'

// esbuild renames classes whose static blocks mention them, and minifiers rename all of them.
const builds: [string, BuildOptions | undefined][] = [
  ['the sources', undefined],
  ['a bundle', {}],
  ['a minified bundle', { minify: true }],
  ['a bundle for browsers without static blocks', { target: 'es2020' }],
]

describe.each(builds)('in %s', (_name, options) => {
  test('a stack trace and the console show the public name of an error class', async () => {
    const { createClient } = options === undefined ? sdk : await bundle(options)
    const fetch = async () => {
      throw new TypeError('fetch failed')
    }
    const client = createClient({ baseUrl: 'https://tickets.example.test', token: 't', fetch, retry: false })

    const error = (await failureOf(client.tickets.retrieve('x'))) as Error

    expect(error.stack?.split('\n')[0]).toBe(
      'ConnectionError: GET /tickets/{ticket_id} at tickets.example.test: no reply',
    )
    expect(inspect(error).split('\n')[0]).toBe(
      'ConnectionError: GET /tickets/{ticket_id} at tickets.example.test: no reply',
    )
    expect(error.constructor.name).toBe('ConnectionError')
  })
})

test('every error class is a TicketCreatorError, and has its exported name', () => {
  const classes = Object.entries(sdk).filter(([name]) => /^[A-Z]\w+Error$/.test(name) && name !== 'InvalidInputError')

  expect(classes).toHaveLength(14)
  for (const [name, errorClass] of classes) {
    const { name: className, prototype } = errorClass as { name: string; prototype: Error }
    expect([className, prototype.name]).toEqual([name, name])
    expect(sdk.isTicketCreatorError(prototype)).toBe(true)
  }
})

async function bundle(options: BuildOptions): Promise<typeof sdk> {
  const { outputFiles = [] } = await build({
    entryPoints: [join(import.meta.dirname, '../src/index.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['@ai-ticket-creator/source'],
    ...options,
  })
  const [file] = outputFiles
  return import(`data:text/javascript;base64,${Buffer.from(file?.contents ?? []).toString('base64')}`)
}
