import { createHash } from 'node:crypto'
import type { Generation } from '@ai-ticket-creator/domain'
import { exampleReferences, openApiDocument } from '@ai-ticket-creator/domain/openapi'
import { toItem } from './item.ts'
import { everyReply, needsToken, testScript } from './scripts.ts'
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
    event: [needsToken, testScript(everyReply(generation))],
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

/** The requests fill these in for one another. A file must exist already: it belongs to another API. */
function variables(): Readonly<Record<string, string>> {
  const ids = Object.fromEntries(Object.keys(exampleReferences).map((name) => [name, '']))
  return { client: 'postman', etag: '', ...ids, file_id: exampleReferences.file_id, ticket_id: '' }
}

/** An environment for a backend on this machine. The token is for the reader to fill in. */
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

/** Always the same for a name, so that an import replaces what was imported before. */
function uuidOf(name: string): string {
  const hash = createHash('sha256').update(name).digest('hex')
  return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-5$3-a$4-$5')
}
