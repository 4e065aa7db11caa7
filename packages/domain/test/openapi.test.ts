import {
  changes,
  ENDPOINT_IDS,
  type EndpointId,
  endpointOf,
  GENERATIONS,
  type Generation,
  isAvailable,
  parseBody,
  problems,
} from '@ai-ticket-creator/domain'
import {
  type OpenApiDocument,
  type Operation,
  openApiDocument,
  type Parameter,
  type Response,
} from '@ai-ticket-creator/domain/openapi'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'

const documents = {
  legacy: openApiDocument({ generation: 'legacy' }),
  transitional: openApiDocument({ generation: 'transitional' }),
  current: openApiDocument({ generation: 'current' }),
} satisfies Record<Generation, OpenApiDocument>

interface Described {
  path: string
  method: string
  operation: Operation
}

const operationsOf = (document: OpenApiDocument): Described[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  )

function operationOf(generation: Generation, id: EndpointId): Operation {
  const found = operationsOf(documents[generation]).find(({ operation }) => operation.operationId === id)
  if (found === undefined) throw new Error(`${generation} has no ${id}`)
  return found.operation
}

const schemaOf = (generation: Generation, name: string) => documents[generation].components.schemas[name] ?? {}
const fieldsOf = (generation: Generation, name: string) => Object.keys(schemaOf(generation, name).properties ?? {})

/** The target of a reference, or the value itself. */
function follow<T extends object>(document: OpenApiDocument, value: T | { $ref: string }): T {
  if (!('$ref' in value) || typeof value.$ref !== 'string') return value as T
  const steps = value.$ref.slice('#/'.length).split('/')
  return steps.reduce<unknown>((inner, step) => (inner as Record<string, unknown>)[step], document) as T
}

const parametersOf = (generation: Generation, id: EndpointId): Parameter[] =>
  operationOf(generation, id).parameters.map((parameter) => follow<Parameter>(documents[generation], parameter))

const queryOf = (generation: Generation, id: EndpointId): string[] =>
  parametersOf(generation, id).flatMap((parameter) => (parameter.in === 'query' ? [parameter.name] : []))

const headersOf = (generation: Generation, id: EndpointId, status: string): string[] => {
  const { [status]: response = { $ref: '' } } = operationOf(generation, id).responses
  return Object.keys(follow<{ headers: object }>(documents[generation], response).headers)
}

/** Every value of a key in a document. */
function valuesOf(value: unknown, key: string): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => [...(name === key ? [inner] : []), ...valuesOf(inner, key)])
}

describe.each(GENERATIONS)('the document of %s', (generation) => {
  const document = documents[generation]

  test('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone({ ...document }))

    expect(errors ?? []).toEqual([])
    expect(valid).toBe(true)
  })

  test('is plain JSON and equal on each call', () => {
    expect(JSON.parse(JSON.stringify(document))).toStrictEqual(document)
    expect(openApiDocument({ generation })).toStrictEqual(document)
    expect(openApiDocument({ generation })).not.toBe(document)
  })

  test('has exactly the endpoints of the generation', () => {
    const missing: Record<Generation, EndpointId[]> = {
      legacy: ['tickets.update'],
      transitional: [],
      current: ['tickets.setStatus', 'tickets.assign'],
    }
    const expected = ENDPOINT_IDS.filter((id) => !missing[generation].includes(id))

    const described = operationsOf(document)

    expect(described.map(({ operation }) => operation.operationId).toSorted()).toEqual(expected.toSorted())
    for (const { path, method, operation } of described)
      expect([method.toUpperCase(), path]).toEqual([
        endpointOf(operation.operationId as EndpointId).method,
        endpointOf(operation.operationId as EndpointId).path,
      ])
  })

  test('has no dangling reference and no unused schema', () => {
    const references = valuesOf(document, '$ref').map(String)
    const targets = Object.entries(document.components).flatMap(([kind, entries]) =>
      Object.keys(entries).map((name) => `#/components/${kind}/${name}`),
    )

    expect(references.filter((reference) => !targets.includes(reference))).toEqual([])
    expect(
      targets.filter((target) => target.startsWith('#/components/schemas/') && !references.includes(target)),
    ).toEqual([])
  })

  test('has only statuses and codes of the table of problems', () => {
    for (const { operation } of operationsOf(document)) {
      const { [endpointOf(operation.operationId as EndpointId).status]: success, ...refusals } = operation.responses

      expect(success).toBeDefined()
      for (const [status, response] of Object.entries(refusals)) {
        const codes = follow<Response>(document, response)['x-problem-codes'] ?? []

        expect(codes).not.toEqual([])
        expect(codes.map((code) => String(problems[code].status))).toEqual(codes.map(() => status))
      }
    }
  })

  test('declares the parameters of its paths', () => {
    for (const { path, operation } of operationsOf(document)) {
      const inPath = operation.parameters.flatMap((parameter) =>
        'in' in parameter && parameter.in === 'path' ? [parameter] : [],
      )

      expect(inPath.map(({ name, required }) => [`{${name}}`, required])).toEqual(
        (path.match(/\{\w+\}/g) ?? []).map((name) => [name, true]),
      )
    }
  })

  test('has no patterns for ids and times, no limits that every number has, and no `$id` or `$schema` inside', () => {
    const patterns = valuesOf(document.components.schemas, 'pattern')

    expect([...new Set(patterns)]).toEqual(['^\\s*[hH][tT][tT][pP][sS]?://[^\\s/?#@:][^\\s/?#@]*([/?#]\\S*)?\\s*$'])
    expect(valuesOf(document, 'maximum')).not.toContain(Number.MAX_SAFE_INTEGER)
    expect(valuesOf(document, 'minimum')).not.toContain(Number.MIN_SAFE_INTEGER)
    expect(valuesOf(document, '$id')).toEqual([])
    expect(valuesOf(document, '$schema')).toEqual([])
    expect(valuesOf(document, 'propertyNames')).toEqual([])
  })

  test('has the limits of the fields', () => {
    expect(schemaOf(generation, 'CreateIntegration').properties).toMatchObject({
      name: { type: 'string', minLength: 1, maxLength: 255 },
      default_priority: { type: 'integer', minimum: 1, maximum: 1000 },
      auth_type: { type: 'string', enum: ['api_key', 'oauth2', 'basic', 'bearer', 'custom'] },
    })
    expect(parametersOf(generation, 'tickets.list').find(({ name }) => name === 'page')).toEqual({
      name: 'page',
      in: 'query',
      description: 'The number of the page, from 1. Default: 1.',
      schema: { type: 'integer', minimum: 1 },
    })
  })

  test('describes a field with its comment, and credentials with the keys that they need', () => {
    const { properties = {} } = schemaOf(generation, 'CreateIntegration')

    expect(properties['default_priority']?.description).toBe('1 to 1000; lower is preferred. Default on create: 100.')
    expect(schemaOf(generation, 'Integration').properties?.['is_healthy']?.description).toBe(
      'Whether the integration is active and its last health check passed.',
    )
    expect(properties['credentials']?.description).toBe(
      [
        'Write-only: never returned. The platform and the auth type determine the keys.',
        'By platform: `jira`: `email`, `api_token`; `servicenow`: `instance_url`, `username`, `password`; `zendesk`: `subdomain`, `email`, `api_token`; `freshdesk`: none; `salesforce`: `client_id`, `client_secret`, `instance_url`; `hubspot`: none; `slack`: `bot_token`, `channel`; `teams`: `webhook_url`; `email`: `smtp_host`, `smtp_port`, `username`, `password`; `sms`: none; `zoom`: `client_id`, `client_secret`; `asana`: none; `trello`: none; `github`: `token`, `organization`; `webhook`: `url`.',
        'By `auth_type`: `api_key`: `api_key`; `oauth2`: `client_id`, `client_secret`; `basic`: `username`, `password`; `bearer`: `token`; `custom`: none; `jira` needs no `api_key`.',
      ].join(' '),
    )
  })

  test('has replies that allow unknown fields', () => {
    for (const name of ['Integration', 'Ticket', 'TicketPage', 'User', 'Problem'])
      expect(schemaOf(generation, name)).not.toHaveProperty('additionalProperties')
  })

  test('requires a token and declares the headers of each call', () => {
    expect(document.security).toEqual([{ bearer: [] }])
    expect(document.components.securitySchemes).toEqual({ bearer: { type: 'http', scheme: 'bearer' } })
    expect(parametersOf(generation, 'integrations.create').map(({ name }) => name)).toEqual(
      expect.arrayContaining(['X-Client', 'X-Request-Id', 'Idempotency-Key']),
    )
    expect(parametersOf(generation, 'integrations.update').map(({ name }) => name)).toContain('If-Match')
    expect(parametersOf(generation, 'integrations.create').map(({ name }) => name)).not.toContain('If-Match')
    expect(parametersOf(generation, 'integrations.update').map(({ name }) => name)).not.toContain('Idempotency-Key')
    expect(document.components.headers['API-Generation']?.schema.enum).toEqual([generation])
  })

  test('declares generation and capabilities on every reply', () => {
    const always = ['API-Generation', 'API-Capabilities', 'X-Request-Id', 'X-RateLimit-Limit', 'X-RateLimit-Remaining']
    for (const { operation } of operationsOf(document))
      for (const status of Object.keys(operation.responses))
        expect(headersOf(generation, operation.operationId as EndpointId, status)).toEqual(
          expect.arrayContaining(always),
        )
  })
})

describe('retired and new names', () => {
  test('no operation of current has a retired name', () => {
    for (const { retired, endpoints } of changes) {
      const names = Object.keys(retired)
      for (const id of (endpoints.body ?? []).filter((one) => one !== 'tickets.assign'))
        expect(bodyFieldsOf('current', id).filter((name) => names.includes(name) && name !== 'status')).toEqual([])
      for (const id of endpoints.query ?? [])
        expect(queryOf('current', id).filter((name) => names.includes(name))).toEqual([])
    }
    const text = JSON.stringify(documents.current)
    for (const name of ['integration_type', 'is_enabled', 'file_ids', 'integration_routing', 'integration_preference'])
      expect(text).not.toContain(name)
    expect(fieldsOf('current', 'SetIntegrationStatus')).toEqual(['enabled', 'reason'])
    expect(fieldsOf('current', 'CreateTicket')).not.toContain('integration_name')
    expect(fieldsOf('current', 'Ticket')).not.toContain('assignee')
    expect(fieldsOf('current', 'Ticket')).not.toContain('files')
  })

  test('no request of legacy has a new name', () => {
    for (const { current, endpoints } of changes) {
      for (const id of endpoints.body ?? [])
        expect(bodyFieldsOf('legacy', id).filter((name) => current.includes(name))).toEqual([])
      for (const id of endpoints.query ?? [])
        expect(queryOf('legacy', id).filter((name) => current.includes(name))).toEqual([])
    }
  })

  test('only transitional has deprecations', () => {
    expect(valuesOf(documents.legacy, 'deprecated')).toEqual([])
    expect(valuesOf(documents.current, 'deprecated')).toEqual([])
  })

  test('transitional deprecates every retired field and names its replacement', () => {
    for (const { retired, endpoints, summary } of changes)
      for (const id of endpoints.body ?? [])
        for (const [name, { replacement }] of Object.entries(retired).filter(([field]) =>
          bodyFieldsOf('transitional', id).includes(field),
        ))
          expect(schemaOf('transitional', bodyNameOf('transitional', id)).properties?.[name]).toMatchObject({
            deprecated: true,
            description: `Use \`${replacement}\`. ${summary}`,
          })
    expect(schemaOf('transitional', 'Ticket').properties?.['external_ticket_id']).toMatchObject({
      deprecated: true,
      description: expect.stringContaining('Use `integration_result`.'),
    })
    expect(parametersOf('transitional', 'integrations.list').filter(({ deprecated }) => deprecated)).toEqual([
      {
        name: 'integration_type',
        in: 'query',
        deprecated: true,
        description: 'Use `platform_name`. `integration_type` is now `integration_category` and `platform_name`.',
        schema: {
          type: 'string',
          enum: expect.arrayContaining(['jira', 'webhook']),
        },
      },
      {
        name: 'is_enabled',
        in: 'query',
        deprecated: true,
        description: 'Use `enabled`. `is_enabled` is now `enabled`.',
        schema: { type: 'boolean' },
      },
    ])
  })

  test('no new field is deprecated', () => {
    const { properties = {} } = schemaOf('transitional', 'Integration')

    expect(Object.keys(properties).filter((name) => properties[name]?.deprecated)).toEqual([
      'integration_type',
      'is_enabled',
    ])
  })

  test('transitional deprecates the retired routes and names their replacement', () => {
    const deprecated = operationsOf(documents.transitional).filter(({ operation }) => operation.deprecated)

    expect(deprecated.map(({ operation }) => operation.operationId)).toEqual(['tickets.setStatus', 'tickets.assign'])
    for (const { operation } of deprecated)
      expect(operation.description).toMatch(/^Use PATCH \/tickets\/\{ticket_id\} \(`tickets\.update`\)\./)
  })

  test('the description says that several names of a field must agree, because the schema cannot', () => {
    expect(operationOf('transitional', 'integrations.create').description).toContain(
      'One of `platform_name`, `integration_type` is required; if several are sent, they must agree.',
    )
    expect(operationOf('legacy', 'integrations.setStatus').description).toBe(
      'One of `is_enabled`, `status` is required; if several are sent, they must agree. `status` can only be set to `active` or `inactive`.',
    )
    expect(operationOf('transitional', 'integrations.update').description).toContain(
      'If several of `enabled`, `is_enabled` are sent, they must agree, or one of them must equal the stored value',
    )
    expect(operationOf('legacy', 'tickets.create').description).toContain(
      'An integration that is given by name is looked up',
    )
    expect(operationOf('legacy', 'integrations.create').description).toBe(
      'null means not given. `credentials` may be left out; if given, they need the keys of the platform and of `auth_type`.',
    )
    expect(operationOf('current', 'integrations.setStatus').description).toBeUndefined()
  })

  test('transitional declares deprecation headers where a request can have retired names', () => {
    const retirementHeaders = ['Deprecation', 'Deprecated-Fields', 'Sunset', 'Link']

    expect(headersOf('transitional', 'integrations.create', '200')).toEqual(expect.arrayContaining(retirementHeaders))
    expect(headersOf('transitional', 'integrations.list', '200')).toEqual(expect.arrayContaining(retirementHeaders))
    expect(headersOf('transitional', 'tickets.setStatus', '200')).toEqual(expect.arrayContaining(retirementHeaders))
    expect(headersOf('transitional', 'tickets.stats', '200')).not.toContain('Deprecation')
    for (const generation of ['legacy', 'current'] as const)
      expect(Object.keys(documents[generation].components.headers)).not.toContain('Deprecation')
  })

  test('transitional accepts `Prefer: handling=strict`', () => {
    const acceptsPrefer = (generation: Generation) =>
      parametersOf(generation, 'integrations.create').some(({ name }) => name === 'Prefer')

    expect(GENERATIONS.filter(acceptsPrefer)).toEqual(['transitional'])
    expect(headersOf('transitional', 'integrations.create', '200')).toContain('Preference-Applied')
  })
})

function bodyNameOf(generation: Generation, id: EndpointId): string {
  const [reference = ''] = valuesOf(operationOf(generation, id).requestBody, '$ref').map(String)
  return reference.slice('#/components/schemas/'.length)
}
const bodyFieldsOf = (generation: Generation, id: EndpointId) => fieldsOf(generation, bodyNameOf(generation, id))

describe('replies', () => {
  test('a list of integrations is an array, a list of tickets is a page', () => {
    expect(schemaOf('legacy', 'IntegrationList')).toEqual({
      type: 'array',
      items: { $ref: '#/components/schemas/IntegrationSummary' },
    })
    expect(schemaOf('transitional', 'TicketPage').properties?.['items']).toEqual({
      description: 'The tickets of this page.',
      type: 'array',
      items: { $ref: '#/components/schemas/Ticket' },
    })
  })

  test('an entity has an ETag, a list has a link to the next page, a deleted ticket has no content', () => {
    expect(headersOf('current', 'tickets.retrieve', '200')).toContain('ETag')
    expect(headersOf('current', 'tickets.list', '200')).not.toContain('ETag')
    expect(headersOf('current', 'tickets.list', '200')).toContain('Link')
    expect(headersOf('current', 'tickets.retrieve', '200')).not.toContain('Link')
    expect(operationOf('current', 'tickets.delete').responses['204']).not.toHaveProperty('content')
  })

  test('ignored fields are named in a header, except where current refuses them', () => {
    expect(headersOf('legacy', 'tickets.create', '201')).toContain('Ignored-Fields')
    expect(headersOf('current', 'tickets.create', '201')).not.toContain('Ignored-Fields')
    expect(headersOf('current', 'tickets.update', '200')).toContain('Ignored-Fields')
  })

  test('429 declares Retry-After, 401 declares WWW-Authenticate', () => {
    expect(headersOf('current', 'tickets.list', '429')).toContain('Retry-After')
    expect(headersOf('current', 'tickets.list', '401')).toContain('WWW-Authenticate')
    expect(headersOf('current', 'tickets.list', '405')).toContain('Allow')
    expect(headersOf('current', 'tickets.update', '412')).toContain('ETag')
    expect(valuesOf(documents.current.components.responses['rate_limited'], '$ref')).toContain(
      '#/components/schemas/RateLimitProblem',
    )
  })

  test('conflicting_fields exists where a field has two names, retired_field from transitional on', () => {
    const codes = (generation: Generation) => schemaOf(generation, 'Issue').properties?.['code']?.enum

    expect(codes('legacy')).not.toContain('retired_field')
    expect(codes('legacy')).toContain('status_not_settable')
    expect(codes('transitional')).toEqual(
      expect.arrayContaining(['retired_field', 'conflicting_fields', 'unknown_field']),
    )
    expect(codes('current')).toContain('unknown_field')
    expect(codes('current')).not.toContain('conflicting_fields')
    expect(codes('current')).not.toContain('not_found')
  })
})

test('each operation of current lists its codes', () => {
  const lines = operationsOf(documents.current).map(({ operation }) => {
    const codes = Object.values(operation.responses).flatMap((response) =>
      valuesOf(follow(documents.current, response), 'x-problem-codes').flat(),
    )
    return `${operation.operationId}: ${codes.join(' ')}`
  })

  expect(lines).toMatchInlineSnapshot(`
    [
      "integrations.create: unauthenticated method_not_allowed idempotency_in_flight payload_too_large unsupported_media_type validation_failed idempotency_mismatch rate_limited internal",
      "integrations.list: unauthenticated method_not_allowed validation_failed rate_limited internal",
      "integrations.listActive: unauthenticated method_not_allowed validation_failed rate_limited internal",
      "integrations.retrieve: unauthenticated not_found method_not_allowed validation_failed rate_limited internal",
      "integrations.update: unauthenticated not_found method_not_allowed transition_refused version_conflict payload_too_large unsupported_media_type validation_failed rate_limited internal",
      "integrations.delete: unauthenticated not_found method_not_allowed version_conflict validation_failed rate_limited internal",
      "integrations.setStatus: unauthenticated not_found method_not_allowed transition_refused version_conflict payload_too_large unsupported_media_type validation_failed rate_limited internal",
      "integrations.test: unauthenticated not_found method_not_allowed idempotency_in_flight version_conflict payload_too_large unsupported_media_type validation_failed idempotency_mismatch rate_limited internal",
      "integrations.sync: unauthenticated not_found method_not_allowed idempotency_in_flight version_conflict payload_too_large unsupported_media_type validation_failed idempotency_mismatch rate_limited internal not_supported",
      "integrations.activate: unauthenticated not_found method_not_allowed idempotency_in_flight transition_refused version_conflict validation_failed idempotency_mismatch rate_limited internal",
      "integrations.fields: unauthenticated not_found method_not_allowed validation_failed rate_limited internal not_supported",
      "tickets.list: unauthenticated method_not_allowed ambiguous_integration_name validation_failed integration_not_found integration_unusable rate_limited internal",
      "tickets.create: unauthenticated method_not_allowed idempotency_in_flight ambiguous_integration_name payload_too_large unsupported_media_type validation_failed idempotency_mismatch integration_not_found integration_unusable rate_limited internal not_supported external_creation_failed",
      "tickets.createWithAi: unauthenticated method_not_allowed idempotency_in_flight ambiguous_integration_name payload_too_large unsupported_media_type validation_failed idempotency_mismatch integration_not_found integration_unusable rate_limited internal not_supported external_creation_failed",
      "tickets.stats: unauthenticated method_not_allowed validation_failed rate_limited internal",
      "tickets.retrieve: unauthenticated not_found method_not_allowed validation_failed rate_limited internal",
      "tickets.replace: unauthenticated not_found method_not_allowed ambiguous_integration_name version_conflict payload_too_large unsupported_media_type validation_failed integration_not_found integration_unusable rate_limited internal",
      "tickets.update: unauthenticated not_found method_not_allowed version_conflict payload_too_large unsupported_media_type validation_failed rate_limited internal",
      "tickets.delete: unauthenticated not_found method_not_allowed version_conflict validation_failed rate_limited internal",
      "tickets.addAttachments: unauthenticated not_found method_not_allowed idempotency_in_flight version_conflict payload_too_large unsupported_media_type validation_failed idempotency_mismatch rate_limited internal",
      "tickets.listAttachments: unauthenticated not_found method_not_allowed validation_failed rate_limited internal",
    ]
  `)
})

test('the status route of transitional is described in full', () => {
  const { responses, ...request } = operationOf('transitional', 'integrations.setStatus')

  expect({
    ...request,
    responses: { 409: responses['409'], 422: responses['422'] },
  }).toMatchInlineSnapshot(`
    {
      "description": "One of \`enabled\`, \`is_enabled\`, \`status\` is required; if several are sent, they must agree. \`status\` can only be set to \`active\` or \`inactive\`.",
      "operationId": "integrations.setStatus",
      "parameters": [
        {
          "in": "path",
          "name": "integration_id",
          "required": true,
          "schema": {
            "format": "uuid",
            "type": "string",
          },
        },
        {
          "$ref": "#/components/parameters/X-Client",
        },
        {
          "$ref": "#/components/parameters/X-Request-Id",
        },
        {
          "$ref": "#/components/parameters/Prefer",
        },
        {
          "$ref": "#/components/parameters/If-Match",
        },
      ],
      "requestBody": {
        "content": {
          "application/json": {
            "examples": {
              "deprecated": {
                "summary": "With the retired names",
                "value": {
                  "reason": "The platform is being moved.",
                  "status": "inactive",
                },
              },
              "minimal": {
                "summary": "The fields that matter",
                "value": {
                  "enabled": false,
                  "reason": "The platform is being moved.",
                },
              },
            },
            "schema": {
              "$ref": "#/components/schemas/SetIntegrationStatus",
            },
          },
        },
        "required": true,
      },
      "responses": {
        "409": {
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/Problem",
              },
            },
          },
          "description": "\`transition_refused\`: the status does not allow the change.",
          "headers": {
            "API-Capabilities": {
              "$ref": "#/components/headers/API-Capabilities",
            },
            "API-Generation": {
              "$ref": "#/components/headers/API-Generation",
            },
            "Deprecated-Fields": {
              "$ref": "#/components/headers/Deprecated-Fields",
            },
            "Deprecation": {
              "$ref": "#/components/headers/Deprecation",
            },
            "Ignored-Fields": {
              "$ref": "#/components/headers/Ignored-Fields",
            },
            "Link": {
              "$ref": "#/components/headers/Link",
            },
            "Preference-Applied": {
              "$ref": "#/components/headers/Preference-Applied",
            },
            "Sunset": {
              "$ref": "#/components/headers/Sunset",
            },
            "Vary": {
              "$ref": "#/components/headers/Vary",
            },
            "X-RateLimit-Limit": {
              "$ref": "#/components/headers/X-RateLimit-Limit",
            },
            "X-RateLimit-Remaining": {
              "$ref": "#/components/headers/X-RateLimit-Remaining",
            },
            "X-RateLimit-Reset": {
              "$ref": "#/components/headers/X-RateLimit-Reset",
            },
            "X-Request-Id": {
              "$ref": "#/components/headers/X-Request-Id",
            },
          },
          "x-problem-codes": [
            "transition_refused",
          ],
        },
        "422": {
          "$ref": "#/components/responses/validation_failed",
        },
      },
      "summary": "Enable or disable an integration; its status follows",
      "tags": [
        "integrations",
      ],
    }
  `)
})

test('version and servers are those of the deployment', () => {
  const servers = [{ url: 'https://api.example.test/api/v1', description: 'Production' }]
  const document = openApiDocument({ generation: 'current', version: '2.3.0', servers })

  expect(document.info.version).toBe('2.3.0')
  expect(document.servers).toEqual(servers)
  expect(documents.current.info.version).toBe('1.0.0')
  expect(documents.current.servers).toEqual([{ url: '/api/v1' }])
})

describe('bodies', () => {
  test.each([
    ['legacy', 'integrations.create', [{ name: 'JIRA Production', integration_type: 'jira', is_enabled: true }]],
    [
      'transitional',
      'integrations.create',
      [
        { name: 'JIRA Production', integration_category: 'ticketing', platform_name: 'jira', enabled: true },
        { name: 'JIRA Production', integration_type: 'jira', is_enabled: true },
      ],
    ],
    [
      'current',
      'integrations.create',
      [{ name: 'JIRA Production', integration_category: 'ticketing', platform_name: 'jira', enabled: true }],
    ],
    ['legacy', 'tickets.create', [{ title: 'Bug Report', description: '...', integration_name: 'JIRA Production' }]],
    [
      'current',
      'tickets.create',
      [{ title: 'Bug Report', description: '...', integration_id: 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4' }],
    ],
  ] as const)('%s has the documented bodies at %s', (generation, id, values) => {
    const { examples = {} } = operationOf(generation, id).requestBody?.content['application/json'] ?? {}

    expect(Object.values(examples).map(({ value }) => value)).toEqual(values)
  })

  test('examples with retired names are derived; a body without any is shown once', () => {
    const shown = (id: EndpointId) =>
      Object.entries(operationOf('transitional', id).requestBody?.content['application/json'].examples ?? {})

    expect(shown('integrations.setStatus')).toEqual([
      ['minimal', expect.objectContaining({ value: { enabled: false, reason: 'The platform is being moved.' } })],
      [
        'deprecated',
        expect.objectContaining({ value: { status: 'inactive', reason: 'The platform is being moved.' } }),
      ],
    ])
    expect(shown('integrations.sync').map(([name]) => name)).toEqual(['minimal'])
    expect(shown('tickets.assign').map(([name]) => name)).toEqual(['minimal'])
  })

  test.each(GENERATIONS)(
    'every body of %s has an example, and only deprecated examples have retired names',
    (generation) => {
      for (const { operation } of operationsOf(documents[generation])) {
        const { requestBody, operationId: id } = operation
        if (requestBody === undefined) continue
        const { examples = {} } = requestBody.content['application/json']

        expect(Object.keys(examples)).toContain('minimal')
        if (generation === 'legacy' || operation.deprecated) continue
        for (const [name, { value }] of Object.entries(examples)) {
          const { used } = parseBody(id as EndpointId, value, { generation, idOf })

          expect(used.length > 0).toBe(name === 'deprecated')
        }
      }
    },
  )

  test.each(GENERATIONS)('each example of %s is accepted by the schema and by parseBody', (generation) => {
    for (const { operation } of operationsOf(documents[generation])) {
      const id = operation.operationId as EndpointId
      const { examples = {} } = operation.requestBody?.content['application/json'] ?? {}
      for (const { value } of Object.values(examples)) {
        expect(parseBody(id, value, { generation, idOf }).issues).toEqual([])
        expect(acceptedBySchema(generation, id, value)).toBe(true)
      }
    }
  })

  const uuid = 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4'
  const everywhere: Generation[] = ['legacy', 'transitional', 'current']
  const beforeCurrent: Generation[] = ['legacy', 'transitional']
  const sinceTransitional: Generation[] = ['transitional', 'current']
  const legacyOnly: Generation[] = ['legacy']
  const transitionalOnly: Generation[] = ['transitional']
  const nowhere: Generation[] = []

  // biome-ignore format: a table is read by column
  test.each<[EndpointId, Record<string, unknown>, Generation[]]>([
    ['integrations.create', { name: 'A', platform_name: 'jira' }, sinceTransitional],
    ['integrations.create', { name: 'A', integration_type: 'jira' }, beforeCurrent],
    ['integrations.create', { name: 'A', integration_type: 'jira', platform_name: 'jira' }, beforeCurrent],
    ['integrations.create', { name: 'A', integration_type: 'acme' }, nowhere],
    ['integrations.create', { name: '', platform_name: 'jira', integration_type: 'jira' }, nowhere],
    ['integrations.create', { name: 'A', platform_name: 'jira', integration_type: 'jira', colour: 'red' }, beforeCurrent],
    ['integrations.create', { name: 'A', platform_name: 'jira', colour: 'red' }, transitionalOnly],
    ['integrations.create', { name: 'A', platform_name: 'jira', default_priority: 0 }, nowhere],
    ['integrations.update', { is_enabled: false }, beforeCurrent],
    ['integrations.update', { enabled: false }, everywhere],
    ['integrations.update', { is_enabled: 'no' }, nowhere],
    ['integrations.update', { updated_at: '2025-09-06T12:00:00Z', usage_stats: {}, id: uuid }, everywhere],
    ['integrations.update', { base_url: 'ftp://example.test' }, nowhere],
    ['integrations.setStatus', { status: 'active' }, beforeCurrent],
    ['integrations.setStatus', { status: 'asleep' }, nowhere],
    ['integrations.setStatus', { status: 'suspended' }, nowhere],
    ['integrations.setStatus', { enabled: true }, sinceTransitional],
    ['integrations.setStatus', { reason: 'It moves.' }, nowhere],
    ['integrations.create', { name: 'A' }, nowhere],
    ['integrations.update', {}, everywhere],
    ['integrations.update', { base_url: 'https://:443' }, nowhere],
    ['integrations.update', { base_url: 'https://bot@example.test' }, nowhere],
    ['integrations.update', { base_url: ' HTTPS://example.test:443?a=b ' }, everywhere],
    ['integrations.setStatus', { is_enabled: true, reason: null }, beforeCurrent],
    ['integrations.test', {}, everywhere],
    ['integrations.test', { test_types: [] }, nowhere],
    ['tickets.create', { title: 'A', description: 'B' }, everywhere],
    ['tickets.create', { title: 'A', description: 'B', integration_id: uuid }, everywhere],
    ['tickets.create', { title: 'A', description: 'B', integration_id: 'jira' }, legacyOnly],
    ['tickets.create', { title: 'A', description: 'B', integration: 'JIRA Production' }, beforeCurrent],
    ['tickets.create', { title: 'A', description: 'B', file_ids: [uuid] }, beforeCurrent],
    ['tickets.create', { title: 'A', description: 'B', file_ids: ['no id'] }, nowhere],
    ['tickets.create', { title: 'A', description: 'B', attachments: [{ file_id: uuid }] }, everywhere],
    ['tickets.create', { title: 'A', description: 'B', priority: null }, everywhere],
    ['tickets.create', { title: 'A' }, nowhere],
    ['tickets.create', { title: 'A'.repeat(501), description: 'B' }, nowhere],
    ['tickets.replace', { status: 'open', age_in_hours: 1.5 }, everywhere],
    ['tickets.replace', {}, everywhere],
    ['tickets.update', {}, nowhere],
    ['tickets.update', { tags: null }, sinceTransitional],
    ['tickets.assign', {}, nowhere],
    ['tickets.assign', { reason: 'Knows it.' }, beforeCurrent],
  ])('%s: the schema accepts %j where parseBody does: %j', (id, body, accepting) => {
    const available = GENERATIONS.filter((generation) => isAvailable(id, generation))
    const reader = available.filter((generation) => parseBody(id, body, { generation, idOf }).issues.length === 0)
    const schema = available.filter((generation) => acceptedBySchema(generation, id, body))

    expect(reader).toEqual(accepting)
    expect(schema).toEqual(accepting)
  })

  test('bodies of current refuse unknown fields, and accept the fields of a reply', () => {
    expect(schemaOf('current', 'CreateIntegration').additionalProperties).toBe(false)
    expect(schemaOf('transitional', 'CreateIntegration')).not.toHaveProperty('additionalProperties')
    expect(schemaOf('current', 'UpdateIntegration').properties).toMatchObject({
      platform_name: { readOnly: true, description: 'Must have its stored value.' },
      updated_at: { readOnly: true, description: 'Ignored.' },
      enabled: { type: 'boolean' },
    })
    expect(schemaOf('current', 'CreateTicket').properties).not.toHaveProperty('updated_at')
  })
})

const idOf = () => 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4'

const ajv = new Ajv2020({ strict: false })
addFormats.default(ajv)
for (const generation of GENERATIONS) ajv.addSchema({ components: documents[generation].components }, generation)

function acceptedBySchema(generation: Generation, id: EndpointId, body: unknown): boolean {
  const validate = ajv.getSchema(`${generation}#/components/schemas/${bodyNameOf(generation, id)}`)
  if (validate === undefined) throw new Error(`${generation} has no schema for ${id}`)
  return validate(body) === true
}
