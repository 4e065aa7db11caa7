import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ENDPOINT_IDS } from '@ai-ticket-creator/domain'
import { expect, test } from 'vitest'

const packageFolder = join(import.meta.dirname, '..')
// Inside the package, so that its name leads to its sources.
const folder = join(packageFolder, 'node_modules/.wrapped-methods')

const wrappers = `
import { createClient } from '@ai-ticket-creator/sdk'

export const client = createClient({ baseUrl: 'https://tickets.example.test', token: 't' })
export const plain = createClient({ baseUrl: 'https://tickets.example.test', token: 't', legacyFields: false })
export const find = (id: string) => client.tickets.retrieve(id)
export const findPlain = (id: string) => plain.integrations.retrieve(id)
export const firstTicket = async () => (await client.tickets.list()).items[0]
export const replaced = (id: string) => client.tickets.replace(id, {}).withResponse()
export const deprecations = () => client.deprecations.toJSON()
export const diagnosis = () => client.diagnose()
export const { integrations, tickets, request } = client
export const methods = { ...client.integrations, ...client.tickets, ...client.tickets.attachments }
${ENDPOINT_IDS.map((id, n) => `export const request${n} = () => client.request('${id}', {} as never)`).join('\n')}
`

test('functions around the methods can be declared without another package', { timeout: 60_000 }, async () => {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'wrappers.ts'), wrappers)
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    outDir: 'out',
    rootDir: packageFolder,
  }
  const config = { extends: '../../tsconfig.json', compilerOptions, include: ['wrappers.ts'] }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))

  const tsc = join(packageFolder, '../../node_modules/.bin/tsc')
  const outcome = await promisify(execFile)(tsc, ['-p', folder]).catch((error: { stdout: string }) => error)
  const declarations = await readFile(join(folder, 'out/node_modules/.wrapped-methods/wrappers.d.ts'), 'utf8')
  await rm(folder, { recursive: true })

  expect(outcome.stdout).toBe('')
  expect(declarations).toContain('find: (id: string) => import("@ai-ticket-creator/sdk").Result<')
  // A consumer under pnpm cannot import the packages of the SDK itself.
  expect(declarations).not.toContain('@ai-ticket-creator/domain')
})
