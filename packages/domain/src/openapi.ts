import { isAvailable } from './contract/availability.ts'
import { ENDPOINT_IDS } from './contract/compiled-contract.ts'
import { type EndpointId, endpointOf } from './contract/contract.ts'
import { type Generation, paramNames } from './contract/endpoint.ts'
import { describeOperation } from './openapi/descriptions.ts'
import type {
  OpenApiDocument,
  Operation,
  Parameter,
  PathItem,
  RequestBody,
  Response,
  Server,
} from './openapi/document.ts'
import { examplesOf } from './openapi/examples.ts'
import { headerComponents, parameterComponents, replyHeadersOf, requestHeadersOf } from './openapi/headers.ts'
import { problemSchemas, refusalsOf, responseComponents } from './openapi/problems.ts'
import { withDefaults } from './openapi/request-rules.ts'
import { createSchemas, describeQuery, type Schemas } from './openapi/schemas.ts'
import { replacementRoute } from './versioning/changes/index.ts'
import { wireSchema } from './versioning/schema-for-generation.ts'

export interface OpenApiOptions {
  /** The generation of the API to describe. */
  readonly generation: Generation
  /** The version of the described API, as the deployment numbers it. Default: `1.0.0`. */
  readonly version?: string
  /** Default: `/api/v1` on the host that serves the document. */
  readonly servers?: readonly Server[]
}

/**
 * The API of a generation as an OpenAPI 3.1 document: plain JSON, a new object on each call, always equal for the same
 * options. The transitional document marks retired fields and routes as deprecated and names their replacements.
 *
 * ```ts
 * const document = openApiDocument({ generation: 'current', servers: [{ url: 'https://api.example.test/api/v1' }] })
 * ```
 */
export function openApiDocument({
  generation,
  version = '1.0.0',
  servers = [{ url: '/api/v1' }],
}: OpenApiOptions): OpenApiDocument {
  const endpointIds = ENDPOINT_IDS.filter((id) => isAvailable(id, generation))
  const schemas = createSchemas(generation, endpointIds)

  return {
    openapi: '3.1.0',
    info: {
      title: 'AI Ticket Creator API',
      version,
      description: about[generation],
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: servers.map((server) => ({ ...server })),
    security: [{ bearer: [] }],
    tags: [
      { name: 'integrations', description: 'Connections to the platforms that tickets are filed on.' },
      { name: 'tickets', description: 'Tickets, and the results of filing them on platforms.' },
    ],
    paths: toPaths(endpointIds, (id) => toOperation(id, generation, schemas)),
    components: {
      schemas: { ...schemas.components, ...problemSchemas(generation) },
      parameters: parameterComponents(generation),
      headers: headerComponents(generation),
      responses: responseComponents(generation),
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  }
}

const about: Record<Generation, string> = {
  legacy: 'Integrations and tickets. Unknown fields are ignored and named in `Ignored-Fields`.',
  transitional:
    'Integrations and tickets, with retired and new names: requests may use either, and replies have both. Deprecated fields and routes name their replacement. Unknown fields are ignored and named in `Ignored-Fields`.',
  current: 'Integrations and tickets. Unknown fields are refused.',
}

function toPaths(
  endpointIds: readonly EndpointId[],
  describe: (endpointId: EndpointId) => Operation,
): Record<string, PathItem> {
  const paths: Record<string, PathItem> = {}
  for (const id of endpointIds) {
    const { path, method } = endpointOf(id)
    paths[path] = { ...paths[path], [method.toLowerCase()]: describe(id) }
  }
  return paths
}

function toOperation(id: EndpointId, generation: Generation, schemas: Schemas): Operation {
  const { path, summary } = endpointOf(id)
  const description = describeOperation(id, generation)
  const requestBody = toRequestBody(id, generation, schemas)
  return {
    operationId: id,
    tags: [path.split('/')[1] ?? ''],
    summary,
    ...(description !== undefined && { description }),
    ...(generation === 'transitional' && replacementRoute(id) !== undefined && { deprecated: true }),
    parameters: [...pathParameters(path), ...queryParameters(id, generation), ...requestHeadersOf(id, generation)],
    ...(requestBody !== undefined && { requestBody }),
    responses: { ...toSuccess(id, generation, schemas), ...refusalsOf(id, generation) },
  }
}

const pathParameters = (path: string): readonly Parameter[] =>
  paramNames(path).map((name) => ({ name, in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }))

function queryParameters(id: EndpointId, generation: Generation): readonly Parameter[] {
  const { query } = endpointOf(id)
  const wire = wireSchema(id, 'query', generation)
  if (query === undefined || wire === undefined) return []

  // Description and deprecation belong to the parameter, not to its schema.
  const { properties = {}, required = [] } = withDefaults(id, 'query', generation, describeQuery(query, wire))
  return Object.entries(properties).map(([name, { deprecated, description, ...schema }]) => ({
    name,
    in: 'query',
    ...(required.includes(name) && { required: true }),
    ...(description !== undefined && { description }),
    ...(deprecated !== undefined && { deprecated }),
    schema,
  }))
}

function toRequestBody(id: EndpointId, generation: Generation, { refer }: Schemas): RequestBody | undefined {
  const body = wireSchema(id, 'body', generation)
  const examples = examplesOf(id, generation)
  if (body === undefined) return undefined
  return {
    required: true,
    content: { 'application/json': { schema: refer(body), ...(examples !== undefined && { examples }) } },
  }
}

function toSuccess(id: EndpointId, generation: Generation, { refer }: Schemas): Record<string, Response> {
  const { status } = endpointOf(id)
  const reply = wireSchema(id, 'reply', generation)
  return {
    [status]: {
      description: { 200: 'Done.', 201: 'Created.', 204: 'Done; the reply is empty.' }[status],
      headers: replyHeadersOf(id, generation),
      ...(reply !== undefined && { content: { 'application/json': { schema: refer(reply) } } }),
    },
  }
}

export type { Generation } from './contract/endpoint.ts'
export type {
  Components,
  Example,
  Header,
  JsonSchema,
  MediaType,
  OpenApiDocument,
  Operation,
  Parameter,
  PathItem,
  Reference,
  RequestBody,
  Response,
  Server,
} from './openapi/document.ts'
export { exampleReferences } from './openapi/examples.ts'
export type { ProblemCode } from './problems/problems.ts'
