import {
  changes,
  downgrade,
  ENDPOINT_IDS,
  type EndpointId,
  endpointOf,
  GENERATIONS,
  type Generation,
  isAvailable,
  type Location,
  upgrade,
} from '@ai-ticket-creator/domain'
import { checkSchema, wireSchema } from '@ai-ticket-creator/domain/internal'
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { legacyIntegration, legacyPage, legacySummary, legacyTicket } from './legacy-replies.ts'

const parts = ['body', 'query', 'reply'] as const
const schemaOf = (endpointId: EndpointId, part: Location, generation: Generation) =>
  wireSchema(endpointId, part, generation) ?? z.never()

/** A schema as JSON Schema; for a list, that of its items. */
function describeSchema(endpointId: EndpointId, part: Location, generation: Generation) {
  const json = z.toJSONSchema(schemaOf(endpointId, part, generation), { io: 'input' })
  // Our lists have one schema for all items, and no property has a boolean schema.
  const { properties = {}, required = [] } = (json.items ?? json) as z.core.JSONSchema.JSONSchema
  return { properties: properties as Record<string, z.core.JSONSchema.JSONSchema>, required }
}
const fieldsOf = (...args: Parameters<typeof describeSchema>) => Object.keys(describeSchema(...args).properties)
const requiredOf = (...args: Parameters<typeof describeSchema>) => describeSchema(...args).required
const faultsOf = (value: unknown, ...args: Parameters<typeof describeSchema>) =>
  checkSchema(schemaOf(...args), value, args[1]).map(({ msg }) => msg)

describe('availability', () => {
  test('an endpoint exists in every generation unless the contract limits it', () => {
    const some = ENDPOINT_IDS.map(
      (id) => [id, GENERATIONS.filter((generation) => isAvailable(id, generation))] as const,
    )

    expect(some.filter(([, generations]) => generations.length < 3)).toEqual([
      ['tickets.update', ['transitional', 'current']],
      ['tickets.setStatus', ['legacy', 'transitional']],
      ['tickets.assign', ['legacy', 'transitional']],
    ])
  })

  test('there is no schema if the generation lacks the endpoint, or the endpoint lacks the part', () => {
    expect(wireSchema('tickets.assign', 'body', 'current')).toBeUndefined()
    expect(wireSchema('tickets.update', 'reply', 'legacy')).toBeUndefined()
    expect(wireSchema('tickets.delete', 'reply', 'legacy')).toBeUndefined()
    expect(wireSchema('integrations.create', 'query', 'legacy')).toBeUndefined()
  })
})

describe('derivation', () => {
  test('current has the schemas of the contract themselves', () => {
    for (const id of ENDPOINT_IDS.filter((endpointId) => isAvailable(endpointId, 'current')))
      for (const part of parts) expect(wireSchema(id, part, 'current')).toBe(endpointOf(id)[part])
  })

  test('a part without changes is the same in every generation', () => {
    for (const generation of GENERATIONS) {
      expect(wireSchema('integrations.test', 'body', generation)).toBe(endpointOf('integrations.test').body)
      expect(wireSchema('tickets.stats', 'reply', generation)).toBe(endpointOf('tickets.stats').reply)
    }
  })

  test('equal parts are one object, alone and in an envelope', () => {
    const ticket = wireSchema('tickets.retrieve', 'reply', 'legacy')

    expect(wireSchema('tickets.create', 'reply', 'legacy')).toBe(ticket)
    expect(wireSchema('tickets.list', 'reply', 'legacy')).toBe(wireSchema('tickets.list', 'reply', 'legacy'))
    expect(wireSchema('tickets.retrieve', 'reply', 'transitional')).not.toBe(ticket)
    expect(schemaOf('tickets.createWithAi', 'reply', 'legacy')._zod.def).toMatchObject({ shape: { ticket } })
    expect(schemaOf('tickets.list', 'reply', 'legacy')._zod.def).toMatchObject({
      shape: { items: { _zod: { def: { element: ticket } } } },
    })
  })

  test('every retired name is in legacy and transitional, at every endpoint that has its replacement', () => {
    for (const { retired, current, endpoints } of changes)
      for (const part of parts)
        for (const generation of ['legacy', 'transitional'] as const) {
          const concerned = (endpoints[part] ?? []).filter(
            (id) =>
              isAvailable(id, generation) && fieldsOf(id, part, 'transitional').some((name) => current.includes(name)),
          )
          for (const id of concerned)
            expect(fieldsOf(id, part, generation)).toEqual(expect.arrayContaining(Object.keys(retired)))
        }
  })

  test('no new name is in a legacy request', () => {
    for (const { current, endpoints } of changes)
      for (const part of ['body', 'query'] as const)
        for (const id of endpoints[part] ?? [])
          expect(fieldsOf(id, part, 'legacy').filter((name) => current.includes(name))).toEqual([])
  })

  test('a retired name is deprecated in transitional only, with its replacement', () => {
    const field = (generation: Generation) =>
      describeSchema('integrations.create', 'body', generation).properties['is_enabled']

    expect(field('transitional')).toEqual({
      type: 'boolean',
      deprecated: true,
      description: 'Use `enabled`. `is_enabled` is now `enabled`.',
    })
    expect(field('legacy')).toEqual({ type: 'boolean' })
  })
})

describe('bodies', () => {
  test('an integration of legacy has a required integration_type in the position of the pair', () => {
    expect(fieldsOf('integrations.create', 'body', 'legacy').slice(-3)).toEqual([
      'name',
      'integration_type',
      'auth_type',
    ])
    expect(fieldsOf('integrations.create', 'body', 'legacy')[0]).toBe('is_enabled')
    expect(requiredOf('integrations.create', 'body', 'legacy')).toEqual(['name', 'integration_type'])
  })

  test('an integration of transitional has both names, and neither is required by the schema', () => {
    expect(fieldsOf('integrations.create', 'body', 'transitional').slice(-5)).toEqual([
      'name',
      'integration_category',
      'platform_name',
      'integration_type',
      'auth_type',
    ])
    expect(requiredOf('integrations.create', 'body', 'transitional')).toEqual(['name'])
  })

  test('an integration of current requires its platform', () => {
    expect(requiredOf('integrations.create', 'body', 'current')).toEqual(['name', 'platform_name'])
  })

  test.each([
    ['legacy', ['is_enabled', 'status', 'reason'], []],
    ['transitional', ['enabled', 'is_enabled', 'status', 'reason'], []],
    ['current', ['enabled', 'reason'], ['enabled']],
  ] as const)('a status change has the fields of its generation: %s', (generation, fields, required) => {
    expect(fieldsOf('integrations.setStatus', 'body', generation)).toEqual(fields)
    expect(requiredOf('integrations.setStatus', 'body', generation)).toEqual(required)
  })

  test('an update has no integration_type, because the platform cannot be changed', () => {
    expect(fieldsOf('integrations.update', 'body', 'legacy')).not.toContain('integration_type')
    expect(fieldsOf('integrations.update', 'body', 'transitional')).toEqual(
      expect.arrayContaining(['enabled', 'is_enabled']),
    )
  })

  test('a ticket of legacy has the retired fields for its integration and files', () => {
    expect(fieldsOf('tickets.create', 'body', 'legacy')).toEqual([
      'title',
      'description',
      'category',
      'priority',
      'urgency',
      'department',
      'assigned_to_id',
      'integration_name',
      'integration',
      'integration_routing',
      'integration_preference',
      'create_externally',
      'custom_fields',
      'file_ids',
    ])
  })

  test('the body of a retired route has the retired names in every generation', () => {
    expect(fieldsOf('tickets.assign', 'body', 'legacy')).toEqual(['assigned_to_id', 'reason'])
    expect(fieldsOf('tickets.assign', 'body', 'transitional')).toEqual(['assigned_to_id', 'reason'])
    expect(describeSchema('tickets.assign', 'body', 'legacy').properties['reason']).not.toHaveProperty('deprecated')
    expect(describeSchema('tickets.assign', 'body', 'transitional').properties['reason']).toHaveProperty(
      'deprecated',
      true,
    )
  })

  test('a retired field is checked by its own schema', () => {
    const body = { name: 'JIRA Production', integration_type: 'acme', is_enabled: 'yes' }

    expect(faultsOf(body, 'integrations.create', 'body', 'legacy')).toEqual([
      '`is_enabled` must be a boolean, not a string',
      '`integration_type` must be one of jira, servicenow, zendesk, freshdesk, salesforce, hubspot, slack, teams, email, sms, zoom, asana, trello, github, webhook',
    ])
  })
})

describe('queries', () => {
  test('integration_type replaces category and platform in filters', () => {
    expect(fieldsOf('integrations.list', 'query', 'legacy').slice(0, 3)).toEqual([
      'integration_type',
      'integration_status',
      'is_enabled',
    ])
    expect(fieldsOf('integrations.listActive', 'query', 'legacy')).toContain('integration_type')
    expect(fieldsOf('integrations.listActive', 'query', 'legacy')).not.toContain('integration_category')
  })

  test('no parameter is required', () => {
    for (const generation of GENERATIONS)
      for (const id of ENDPOINT_IDS.filter((endpointId) => wireSchema(endpointId, 'query', generation) !== undefined))
        expect(requiredOf(id, 'query', generation)).toEqual([])
  })
})

describe('replies', () => {
  test('a required field is required under its retired name too', () => {
    expect(requiredOf('integrations.retrieve', 'reply', 'legacy')).toEqual(
      expect.arrayContaining(['integration_type', 'is_enabled']),
    )
    expect(requiredOf('integrations.retrieve', 'reply', 'transitional')).toEqual(
      expect.arrayContaining(['integration_category', 'platform_name', 'integration_type', 'enabled', 'is_enabled']),
    )
    expect(requiredOf('tickets.retrieve', 'reply', 'legacy')).toEqual(expect.arrayContaining(['assignee', 'files']))
  })

  test('integration_result is in every generation, and the older ones also have its parts at the top level', () => {
    expect(fieldsOf('tickets.retrieve', 'reply', 'legacy').slice(14, 20)).toEqual([
      'assignee',
      'integration_id',
      'integration_result',
      'external_ticket_id',
      'external_ticket_url',
      'files',
    ])
    expect(fieldsOf('tickets.retrieve', 'reply', 'transitional').slice(14, 22)).toEqual([
      'assigned_to_id',
      'assignee',
      'integration_id',
      'integration_result',
      'external_ticket_id',
      'external_ticket_url',
      'attachments',
      'files',
    ])
  })

  test.each(GENERATIONS)('the replies of %s have the ids that were added', (generation) => {
    expect(fieldsOf('tickets.retrieve', 'reply', generation)).toContain('integration_id')
    expect(fieldsOf('integrations.retrieve', 'reply', generation)).toContain('credentials_updated_at')
  })

  test('a reply may show a platform that was added later', () => {
    const reply = { ...legacyIntegration, integration_type: 'acme' }

    expect(faultsOf(reply, 'integrations.retrieve', 'reply', 'legacy')).toEqual([])
    expect(describeSchema('integrations.retrieve', 'reply', 'legacy').properties['integration_type']).toMatchObject({
      type: 'string',
      'x-extensible-enum': expect.arrayContaining(['jira', 'webhook']),
    })
  })

  test('a reply without a required field does not fit, also inside an envelope', () => {
    const summary = { ...legacySummary, is_enabled: undefined }
    const ticket = { ...legacyTicket, files: undefined }

    expect(faultsOf([summary], 'integrations.list', 'reply', 'legacy')).toEqual(['`0.is_enabled` is required'])
    expect(faultsOf({ ...legacyPage, items: [ticket] }, 'tickets.list', 'reply', 'legacy')).toEqual([
      '`items.0.files` is required',
    ])
    expect(faultsOf({ ...legacyPage, total: '1' }, 'tickets.list', 'reply', 'legacy')).toEqual([
      '`total` must be a number, not a string',
    ])
  })

  const users = { userOf: () => ({ ...legacyTicket.creator }) }
  test.each([
    ['integrations.retrieve', legacyIntegration],
    ['integrations.list', [legacySummary]],
    ['tickets.retrieve', legacyTicket],
    ['tickets.list', legacyPage],
  ] as const)('%s: a downgraded reply fits the schema of its generation', (id, legacyReply) => {
    const current = upgrade(id, legacyReply, { part: 'reply' }).body
    const transitional = downgrade(id, current, { part: 'reply', both: true, ...users }).body
    const legacy = downgrade(id, current, { part: 'reply', ...users }).body

    expect(faultsOf(current, id, 'reply', 'current')).toEqual([])
    expect(faultsOf(transitional, id, 'reply', 'transitional')).toEqual([])
    expect(faultsOf(legacy, id, 'reply', 'legacy')).toEqual([])
    expect(legacy).toEqual(legacyReply)
  })
})
