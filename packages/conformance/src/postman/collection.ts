import { createHash } from 'node:crypto'
import type { Generation } from '@ai-ticket-creator/domain'
import { exampleReferences, openApiDocument } from '@ai-ticket-creator/domain/openapi'
import { toItem } from './item.ts'
import { checkReply, requireToken, testScript } from './scripts.ts'
import { foldersOf } from './steps.ts'

/** The Postman collection of a generation. */
export function toCollection(generation: Generation) {
  const document = openApiDocument({ generation })
  const { title, description } = document.info
  const name = `${title}: ${generation}`
  const advice =
    'Choose an environment that has `baseUrl` (the address of the service, without `/api/v1`) and `token`. Each folder runs from top to bottom: it creates what it needs, keeps ids in variables, and deletes what it created. Optional query parameters and headers are listed and switched off.'
  return {
    info: {
      _postman_id: uuidOf(name),
      name,
      description: [description, advice, 'Generated from the contract: change the contract, not this file.'].join(
        '\n\n',
      ),
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
    event: [requireToken, testScript(checkReply(generation))],
    variable: Object.entries(variables()).map(([key, value]) => ({ key, value })),
    item: foldersOf(generation).map((folder) => ({
      name: folder.name,
      item: folder.steps.map((step, index) => ({
        id: uuidOf(`${name} ${folder.name} ${index + 1}`),
        ...toItem(step, { generation, document }),
      })),
    })),
  }
}

/** The variables in which requests store ids for later requests. Only `file_id` has a value: no request creates a file. */
function variables(): Readonly<Record<string, string>> {
  const ids = Object.fromEntries(Object.keys(exampleReferences).map((name) => [name, '']))
  return { client: 'postman', etag: '', ...ids, file_id: exampleReferences.file_id, ticket_id: '' }
}

/** A Postman environment for a backend on localhost. Its user fills in the token. */
export function toEnvironment() {
  const name = 'AI Ticket Creator API: local'
  return {
    id: uuidOf(name),
    name,
    values: [
      { key: 'baseUrl', value: 'http://localhost:3000', type: 'default', enabled: true },
      { key: 'token', value: '', type: 'secret', enabled: true },
    ],
    _postman_variable_scope: 'environment',
  }
}

/** A UUID made of a hash. The same name always gives the same UUID, so that an import replaces an earlier import. */
function uuidOf(name: string): string {
  const hash = createHash('sha256').update(name).digest('hex')
  return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-5$3-a$4-$5')
}
