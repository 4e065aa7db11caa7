import { changesOf } from '@ai-ticket-creator/domain'
import { describe, expectTypeOf, test } from 'vitest'
import {
  type ActiveIntegration,
  type Attachment,
  type Client,
  type ClientConfig,
  type CreateIntegration,
  type CreateTicket,
  type CreateTicketWithAi,
  createClient,
  type Integration,
  type IntegrationActivation,
  type IntegrationFieldList,
  type IntegrationSummary,
  type IntegrationSyncResult,
  type Integrations,
  type IntegrationTestResult,
  type LegacyCreateIntegration,
  type LegacyCreateTicket,
  type LegacyCreateTicketWithAi,
  type LegacyIntegrationType,
  type LegacyListActiveIntegrations,
  type LegacyReplaceTicket,
  type LegacyUpdateIntegration,
  type LegacyUpdateTicket,
  type ListActiveIntegrations,
  type ListResult,
  type Page,
  type Platform,
  type ReplaceResult,
  type ReplaceTicket,
  type Result,
  type Ticket,
  type TicketStats,
  type TicketSummary,
  type Tickets,
  type TicketWithAnalysis,
  type UnknownPlatform,
  type UpdateIntegration,
  type UpdateTicket,
  type WithResponse,
} from '../src/index.ts'
import type { MethodsOf } from '../src/resources/contract-methods.ts'

const options = { baseUrl: 'https://tickets.example.test', token: 't', generation: 'current' } as const
const client = createClient(options)
const without = createClient({ ...options, legacyFields: false })
declare const dynamic: boolean
declare const type: LegacyIntegrationType

describe('create', () => {
  test('accepts each platform with its category and credentials', () => {
    void client.integrations.create({ name: 'A', platform_name: 'jira', integration_category: 'ticketing' })
    void client.integrations.create({
      name: 'A',
      platform_name: 'servicenow',
      credentials: { instance_url: '', username: '', password: '', api_key: '' },
    })
    void client.integrations.create({
      name: 'A',
      platform_name: 'zendesk',
      credentials: { subdomain: '', email: '', api_token: '', api_key: '' },
    })
    void client.integrations.create({ name: 'A', platform_name: 'freshdesk', credentials: { api_key: '' } })
    void client.integrations.create({
      name: 'A',
      platform_name: 'salesforce',
      auth_type: 'oauth2',
      credentials: { client_id: '', client_secret: '', instance_url: '' },
    })
    void client.integrations.create({
      name: 'A',
      platform_name: 'hubspot',
      integration_category: 'crm',
      auth_type: 'bearer',
      credentials: { token: '' },
    })
    void client.integrations.create({
      name: 'A',
      platform_name: 'slack',
      auth_type: 'custom',
      credentials: { bot_token: '', channel: '' },
    })
    void client.integrations.create({
      name: 'A',
      platform_name: 'teams',
      auth_type: 'custom',
      credentials: { webhook_url: '' },
    })
    void client.integrations.create({
      name: 'A',
      platform_name: 'email',
      auth_type: 'basic',
      credentials: { smtp_host: '', smtp_port: 25, username: '', password: '' },
    })
    void client.integrations.create({ name: 'A', platform_name: 'sms', integration_category: 'communication' })
    void client.integrations.create({
      name: 'A',
      platform_name: 'zoom',
      auth_type: 'oauth2',
      credentials: { client_id: '', client_secret: '' },
    })
    void client.integrations.create({ name: 'A', platform_name: 'asana', integration_category: 'project_management' })
    void client.integrations.create({ name: 'A', platform_name: 'trello' })
    void client.integrations.create({
      name: 'A',
      platform_name: 'github',
      integration_category: 'code_repository',
      auth_type: 'bearer',
      credentials: { token: '', organization: '' },
    })
    void client.integrations.create({
      name: 'A',
      platform_name: 'webhook',
      integration_category: 'webhook',
      auth_type: 'custom',
      credentials: { url: '' },
    })
  })

  test('refuses another category, incomplete credentials and an unknown platform', () => {
    // @ts-expect-error jira is ticketing
    void client.integrations.create({ name: 'A', platform_name: 'jira', integration_category: 'crm' })
    // @ts-expect-error api_token is missing
    void client.integrations.create({ name: 'A', platform_name: 'jira', credentials: { email: '' } })
    // @ts-expect-error bot_token is missing
    void client.integrations.create({
      name: 'A',
      platform_name: 'slack',
      auth_type: 'custom',
      credentials: { channel: '' },
    })
    // @ts-expect-error unknown platform
    void client.integrations.create({ name: 'A', platform_name: 'jria' })
    // @ts-expect-error no platform
    void client.integrations.create({ name: 'A', integration_category: 'crm' })
    // @ts-expect-error no such auth type
    void client.integrations.create({ name: 'A', platform_name: 'jira', auth_type: 'apikey' })
    // @ts-expect-error no such field
    void client.integrations.create({ name: 'A', platform_name: 'jira', nme: 'B' })
    // @ts-expect-error the two types disagree
    void client.integrations.create({ name: 'A', platform_name: 'jira', integration_type: 'slack' })
  })

  test('accepts old input by the deprecated overload', () => {
    expectTypeOf(
      client.integrations.create({ name: 'A', integration_type: 'jira', is_enabled: true }),
    ).resolves.toExtend<Integration>()
    // A variable of old code has a union type.
    expectTypeOf(
      client.integrations.create({ name: 'A', integration_type: type, is_enabled: true }),
    ).resolves.toExtend<Integration>()
    // @ts-expect-error unknown platform
    void client.integrations.create({ name: 'A', integration_type: 'jria' })
    // @ts-expect-error api_token is missing
    void client.integrations.create({ name: 'A', integration_type: 'jira', credentials: { email: '' } })

    expectTypeOf<LegacyCreateIntegration>().not.toExtend<CreateIntegration>()
    expectTypeOf<CreateIntegration>().toExtend<LegacyCreateIntegration>()
  })

  test('can be wrapped in a function, in either form', () => {
    const current = (input: CreateIntegration) => client.integrations.create(input)
    const legacy = (input: LegacyCreateIntegration) => client.integrations.create(input)
    expectTypeOf(current).returns.resolves.toExtend<Integration>()
    expectTypeOf(legacy).returns.resolves.toExtend<Integration>()
  })
})

describe('results', () => {
  test('have `enabled` or undefined', () => {
    expectTypeOf<Integration['enabled']>().toEqualTypeOf<boolean | undefined>()
    expectTypeOf<IntegrationSummary['enabled']>().toEqualTypeOf<boolean | undefined>()
    expectTypeOf<Integration['platform_name']>().toEqualTypeOf<Platform | UnknownPlatform>()
  })

  test('have their old names by default', async () => {
    const integration = await client.integrations.retrieve('1')
    expectTypeOf(integration.is_enabled).toEqualTypeOf<boolean | undefined>()
    expectTypeOf(integration.integration_type).toEqualTypeOf<string>()
    expectTypeOf((await client.integrations.list()).items).items.toHaveProperty('integration_type')
    expectTypeOf(await client.integrations.findByName('x')).toHaveProperty('integration_type')
    expectTypeOf(await client.tickets.retrieve('1')).toHaveProperty('external_ticket_id')
    expectTypeOf((await client.tickets.list()).items).items.toHaveProperty('assignee')

    const plain = await without.integrations.retrieve('1')
    expectTypeOf(plain).toEqualTypeOf<Integration>()
    expectTypeOf(plain).not.toHaveProperty('is_enabled')
    expectTypeOf(await without.tickets.retrieve('1')).toEqualTypeOf<Ticket>()
    // @ts-expect-error it is `enabled`
    void plain.is_enabled
  })

  test('a flag of type boolean is treated as false', async () => {
    const either = createClient({ ...options, legacyFields: dynamic })
    expectTypeOf(await either.integrations.retrieve('1')).toEqualTypeOf<Integration>()
  })

  test('spreads have no old names, as at run time', async () => {
    const integration = await client.integrations.retrieve('1')
    const copy = { ...integration }
    expectTypeOf(copy).not.toHaveProperty('is_enabled')
    expectTypeOf(copy).toHaveProperty('enabled')
    expectTypeOf({ ...(await client.tickets.retrieve('1')) }).not.toHaveProperty('files')
  })

  test('a function that takes a Client may use old names', () => {
    const oldCode = async (given: Client): Promise<[boolean | undefined, string]> => {
      const integration = await given.integrations.retrieve('1')
      return [integration.is_enabled, integration.integration_type]
    }

    void oldCode(client)
    // @ts-expect-error its results have no old names
    void oldCode(without)
  })

  test('a client without old names takes no input with them', () => {
    // @ts-expect-error it is `platform_name`
    void without.integrations.create({ name: 'A', integration_type: 'jira' })
    // @ts-expect-error it is `integration_id`
    void without.tickets.create({ title: 'A', description: 'B', integration_name: 'JIRA' })
    // @ts-expect-error it is `enabled`
    void without.integrations.list({ is_enabled: true })
    void without.integrations.create({ name: 'A', platform_name: 'jira' })
    void client.integrations.create({ name: 'A', integration_type: 'jira' })
  })

  test('a client with or without old names is a Client<ClientConfig>', () => {
    expectTypeOf(client).toExtend<Client<ClientConfig>>()
    expectTypeOf(without).toExtend<Client<ClientConfig>>()
    expectTypeOf(client).toEqualTypeOf<Client<{ legacyFields: true }>>()
  })

  test('come with the metadata of the response', () => {
    expectTypeOf(without.integrations.retrieve('1')).toEqualTypeOf<Result<Integration>>()
    expectTypeOf(without.integrations.retrieve('1').withResponse()).toEqualTypeOf<Promise<WithResponse<Integration>>>()
    expectTypeOf(without.tickets.list()).toEqualTypeOf<ListResult<TicketSummary>>()
    expectTypeOf<Page<Ticket>['total']>().toEqualTypeOf<number | undefined>()
  })
})

describe('every method', () => {
  test('returns the reply of its endpoint', () => {
    const { integrations, tickets } = without
    expectTypeOf(integrations.test('1')).toEqualTypeOf<Result<IntegrationTestResult>>()
    expectTypeOf(integrations.sync('1', { sync_type: 'full' })).toEqualTypeOf<Result<IntegrationSyncResult>>()
    expectTypeOf(integrations.activate('1')).toEqualTypeOf<Result<IntegrationActivation>>()
    expectTypeOf(integrations.listActive()).toEqualTypeOf<Result<ActiveIntegration[]>>()
    expectTypeOf(integrations.fields('1')).toEqualTypeOf<Result<IntegrationFieldList>>()
    expectTypeOf(tickets.createWithAi({ user_input: 'a' })).toEqualTypeOf<Result<TicketWithAnalysis>>()
    expectTypeOf(tickets.update('1', {})).toEqualTypeOf<Result<Ticket>>()
    expectTypeOf(tickets.replace('1', {})).toEqualTypeOf<ReplaceResult<Ticket>>()
    expectTypeOf(tickets.delete('1')).toEqualTypeOf<Result<void>>()
    expectTypeOf(tickets.setStatus('1', 'open')).toEqualTypeOf<Result<Ticket>>()
    expectTypeOf(tickets.assign('1', null)).toEqualTypeOf<Result<Ticket>>()
    expectTypeOf(tickets.stats()).toEqualTypeOf<Result<TicketStats>>()
    expectTypeOf(tickets.attachments.add('1', [])).toEqualTypeOf<Result<Ticket>>()
    expectTypeOf(tickets.attachments.list('1')).toEqualTypeOf<Result<Attachment[]>>()
  })

  test('lists what a replacement may have cleared', () => {
    expectTypeOf(client.tickets.replace('1', {}).withResponse()).resolves.toHaveProperty('cleared')
    expectTypeOf(client.tickets.update('1', {}).withResponse()).resolves.not.toHaveProperty('cleared')
  })

  test('shows old names if the client has them', async () => {
    expectTypeOf(await client.integrations.listActive()).items.toHaveProperty('integration_type')
    expectTypeOf(await client.integrations.listActive()).items.not.toHaveProperty('is_enabled')
    expectTypeOf(await client.integrations.fields('1')).toHaveProperty('integration_type')
    expectTypeOf((await client.tickets.createWithAi({ user_input: 'a' })).ticket).toHaveProperty('assignee')
    expectTypeOf(await client.tickets.update('1', {})).toHaveProperty('files')
    expectTypeOf(await client.tickets.replace('1', {})).toHaveProperty('files')
    expectTypeOf(await client.tickets.setStatus('1', 'open')).toHaveProperty('files')
    expectTypeOf(await client.tickets.assign('1', '2')).toHaveProperty('files')
    expectTypeOf(await client.tickets.attachments.add('1', [])).toHaveProperty('files')
    expectTypeOf(await without.integrations.fields('1')).not.toHaveProperty('integration_type')
  })

  test('accepts options of a call', () => {
    const options = { signal: new AbortController().signal, timeout: 1, idempotencyKey: 'a', headers: { 'X-A': 'b' } }
    void client.integrations.test('1', {}, options)
    void client.tickets.attachments.list('1', options)
    void client.tickets.setStatus('1', 'closed', { ...options, resolution_summary: 'a', internal_notes: null })
    void client.tickets.assign('1', '2', { ...options, reason: 'a' })
    void client.request('tickets.stats', {}, options)
    // @ts-expect-error no such option
    void client.tickets.stats({ retries: 3 })
  })

  test('refuses input that its endpoint does not accept', () => {
    // @ts-expect-error no such kind of test
    void client.integrations.test('1', { test_types: ['smoke'] })
    // @ts-expect-error the kind is missing
    void client.integrations.sync('1', {})
    // @ts-expect-error no such filter
    void client.integrations.listActive({ platform: 'jira' })
    // @ts-expect-error no such field
    void client.tickets.update('1', { titel: 'a' })
    // @ts-expect-error no such status
    void client.tickets.setStatus('1', 'done')
    // @ts-expect-error a user or null
    void client.tickets.assign('1')
    // @ts-expect-error references, not ids
    void client.tickets.attachments.add('1', ['2'])
  })

  test('accepts old names by a deprecated overload', () => {
    void client.tickets.createWithAi({ user_input: 'a', integration: 'A' })
    void client.tickets.update('1', { integration_name: 'A', file_ids: ['1'], reason: 'a' })
    void client.tickets.replace('1', { integration_name: 'A', file_ids: ['1'] })
    void client.integrations.listActive({ integration_type: 'jira' })
    // @ts-expect-error it is `assignment_reason`, and PUT has none
    void client.tickets.replace('1', { reason: 'a' })

    expectTypeOf<UpdateTicket>().toExtend<LegacyUpdateTicket>()
    expectTypeOf<LegacyUpdateTicket>().not.toExtend<UpdateTicket>()
    expectTypeOf<ReplaceTicket>().toExtend<LegacyReplaceTicket>()
    expectTypeOf<LegacyReplaceTicket>().not.toExtend<ReplaceTicket>()
    expectTypeOf<CreateTicketWithAi>().toExtend<LegacyCreateTicketWithAi>()
    expectTypeOf<LegacyCreateTicketWithAi>().not.toExtend<CreateTicketWithAi>()
    expectTypeOf<ListActiveIntegrations>().toExtend<LegacyListActiveIntegrations>()
    expectTypeOf<LegacyListActiveIntegrations>().not.toExtend<ListActiveIntegrations>()
  })

  test('accepts a retrieved ticket', async () => {
    const ticket = await client.tickets.retrieve('1')
    void client.tickets.update('1', { ...ticket, title: 'A' })
    void client.tickets.update('1', ticket)
    void client.tickets.replace('1', ticket)
  })
})

describe('requests without a method', () => {
  test('an endpoint has its own types', () => {
    expectTypeOf(client.request('tickets.retrieve', { params: { ticket_id: '1' } })).toEqualTypeOf<Result<Ticket>>()
    expectTypeOf(client.request('tickets.delete', { params: { ticket_id: '1' } })).toEqualTypeOf<Result<void>>()
    expectTypeOf(
      client.request('integrations.create', { body: { name: 'A', platform_name: 'jira' } }),
    ).resolves.toExtend<Omit<Integration, 'enabled'>>()
    expectTypeOf(client.request('integrations.listActive', {})).toEqualTypeOf<Result<ActiveIntegration[]>>()

    // @ts-expect-error no such endpoint
    void client.request('tickets.find', {})
    // @ts-expect-error the id is missing
    void client.request('tickets.retrieve', {})
    // @ts-expect-error the body is missing
    void client.request('tickets.create', {})
    // @ts-expect-error it takes no body
    void client.request('tickets.stats', { body: {} })
    // @ts-expect-error no such filter
    void client.request('tickets.list', { query: { sice: 1 } })
    // @ts-expect-error an old name
    void client.request('integrations.create', { body: { name: 'A', integration_type: 'jira' } })
  })

  test('a path returns unknown', () => {
    expectTypeOf(client.request({ method: 'GET', path: '/reports' })).toEqualTypeOf<Result<unknown>>()
    void client.request({ method: 'POST', path: '/reports', body: [1], query: { day: 'a', tag: ['b'] } })
    // @ts-expect-error no such method
    void client.request({ method: 'TRACE', path: '/reports' })
    // @ts-expect-error a query is flat
    void client.request({ method: 'GET', path: '/reports', query: { deep: { a: 1 } } })
  })

  test('a client with other options keeps the old names unless changed', () => {
    expectTypeOf(client.withOptions({ timeout: 1 })).toEqualTypeOf<Client<{ legacyFields: true }>>()
    expectTypeOf(without.withOptions({ timeout: 1 })).toEqualTypeOf<Client<{ legacyFields: false }>>()
    expectTypeOf(client.withOptions({ legacyFields: false })).toEqualTypeOf<Client<{ legacyFields: false }>>()
    expectTypeOf(without.withOptions({ legacyFields: true })).toEqualTypeOf<Client<{ legacyFields: true }>>()
    // @ts-expect-error no such option
    client.withOptions({ retries: 3 })
  })
})

describe('input', () => {
  test('toArray demands a limit', () => {
    const list = client.integrations.list()
    expectTypeOf<Parameters<typeof list.toArray>>().toEqualTypeOf<[{ readonly limit: number }]>()
    // @ts-expect-error the limit is missing
    void list.toArray()
    // @ts-expect-error the limit is missing
    void list.toArray({})
  })

  test('an update accepts a retrieved integration', async () => {
    const integration = await client.integrations.retrieve('1')
    void client.integrations.update('1', { ...integration, name: 'B' })
    void client.integrations.update('1', integration)
    void client.integrations.update('1', { is_enabled: false })
    // @ts-expect-error no such field
    void client.integrations.update('1', { nme: 'B' })
    expectTypeOf<UpdateIntegration>().toExtend<LegacyUpdateIntegration>()
    expectTypeOf<LegacyUpdateIntegration>().not.toExtend<UpdateIntegration>()
  })

  test('a ticket names its integration by new or old names', () => {
    const bug = { title: 'a', description: 'b' }
    void client.tickets.create({ ...bug, integration_id: '1' })
    void client.tickets.create({ ...bug, integration_name: 'A' })
    void client.tickets.create({ ...bug, integration: 'A', file_ids: ['1'] })
    // @ts-expect-error no such field
    void client.tickets.create({ ...bug, integration_nme: 'A' })
    expectTypeOf<CreateTicket>().toExtend<LegacyCreateTicket>()
    expectTypeOf<LegacyCreateTicket>().not.toExtend<CreateTicket>()
  })

  test('lists accept new and old filters', () => {
    void client.integrations.list({ platform_name: 'jira', enabled: true, limit: 5 })
    void client.integrations.list({ integration_type: 'jira', is_enabled: true })
    void client.tickets.list({ integration_id: '1', status: ['open'] })
    void client.tickets.list({ integration_name: 'A' })
    // @ts-expect-error cursors are not announced
    void client.integrations.list({ cursor: 'x' })
    // @ts-expect-error a list of statuses
    void client.tickets.list({ status: 'open' })
  })

  test('a generation can be given', () => {
    createClient({ baseUrl: '', token: '' })
    createClient({ ...options, generation: 'auto' })
    // @ts-expect-error transitional is no generation of a client
    createClient({ ...options, generation: 'transitional' })
    createClient({ ...options, fetch })
    createClient({ ...options, fetch: async (request, init) => fetch(request, init) })
    createClient({ ...options, fetch: async (request: Request) => fetch(request) })
  })
})

test('a resource has the methods of the contract', () => {
  expectTypeOf<Integrations>().toExtend<MethodsOf<'integrations'>>()
  expectTypeOf<Tickets>().toExtend<MethodsOf<'tickets'>>()
  expectTypeOf<Omit<Integrations, 'disable'>>().not.toExtend<MethodsOf<'integrations'>>()
  expectTypeOf<keyof MethodsOf<'integrations'>>().toEqualTypeOf<
    | 'create'
    | 'list'
    | 'retrieve'
    | 'update'
    | 'delete'
    | 'enable'
    | 'disable'
    | 'test'
    | 'sync'
    | 'activate'
    | 'listActive'
    | 'fields'
  >()
  expectTypeOf<keyof MethodsOf<'tickets'>>().toEqualTypeOf<
    | 'create'
    | 'createWithAi'
    | 'list'
    | 'retrieve'
    | 'update'
    | 'replace'
    | 'delete'
    | 'setStatus'
    | 'assign'
    | 'stats'
    | 'attachments'
  >()
  expectTypeOf<keyof MethodsOf<'tickets'>['attachments']>().toEqualTypeOf<'add' | 'list'>()
  expectTypeOf<Omit<Tickets, 'attachments'> & { attachments: Pick<Tickets['attachments'], 'add'> }>().not.toExtend<
    MethodsOf<'tickets'>
  >()
})

test('no type of the public surface is any', () => {
  expectTypeOf<Awaited<ReturnType<typeof client.integrations.create>>>().not.toBeAny()
  expectTypeOf<Awaited<ReturnType<typeof client.tickets.list>>>().not.toBeAny()
  expectTypeOf<Parameters<typeof client.tickets.create>>().not.toBeAny()
  expectTypeOf(changesOf).not.toBeAny()
})
