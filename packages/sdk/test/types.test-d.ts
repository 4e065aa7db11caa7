import { changesOf } from '@ai-ticket-creator/domain'
import { describe, expectTypeOf, test } from 'vitest'
import {
  type Client,
  type CreateIntegration,
  type CreateTicket,
  createClient,
  type Integration,
  type IntegrationSummary,
  type Integrations,
  type LegacyCreateIntegration,
  type LegacyCreateTicket,
  type LegacyIntegrationType,
  type LegacyUpdateIntegration,
  type ListResult,
  type Page,
  type Platform,
  type Result,
  type Ticket,
  type Tickets,
  type UnknownPlatform,
  type UpdateIntegration,
  type WithResponse,
} from '../src/index.ts'
import type { MethodsOf } from '../src/methods.ts'

const options = { baseUrl: 'https://tickets.example.test', token: 't', generation: 'current' } as const
const client = createClient(options)
const without = createClient({ ...options, legacyFields: false })
declare const dynamic: boolean
declare const type: LegacyIntegrationType

describe('create', () => {
  test('takes each platform with its category and credentials', () => {
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

  test('refuses another category, half of the credentials and an unknown platform', () => {
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
    // @ts-expect-error jria
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

  test('takes old input by the deprecated overload', () => {
    expectTypeOf(
      client.integrations.create({ name: 'A', integration_type: 'jira', is_enabled: true }),
    ).resolves.toExtend<Integration>()
    // The type of an old program's variable is that of several words.
    expectTypeOf(
      client.integrations.create({ name: 'A', integration_type: type, is_enabled: true }),
    ).resolves.toExtend<Integration>()
    // @ts-expect-error jria
    void client.integrations.create({ name: 'A', integration_type: 'jria' })
    // @ts-expect-error api_token is missing
    void client.integrations.create({ name: 'A', integration_type: 'jira', credentials: { email: '' } })

    expectTypeOf<LegacyCreateIntegration>().not.toExtend<CreateIntegration>()
    expectTypeOf<CreateIntegration>().toExtend<LegacyCreateIntegration>()
  })

  test('can be wrapped, in either form', () => {
    const current = (input: CreateIntegration) => client.integrations.create(input)
    const legacy = (input: LegacyCreateIntegration) => client.integrations.create(input)
    expectTypeOf(current).returns.resolves.toExtend<Integration>()
    expectTypeOf(legacy).returns.resolves.toExtend<Integration>()
  })
})

describe('results', () => {
  test('say enabled or nothing', () => {
    expectTypeOf<Integration['enabled']>().toEqualTypeOf<boolean | undefined>()
    expectTypeOf<IntegrationSummary['enabled']>().toEqualTypeOf<boolean | undefined>()
    expectTypeOf<Integration['platform_name']>().toEqualTypeOf<Platform | UnknownPlatform>()
  })

  test('have their old names unless told otherwise', async () => {
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

  test('a flag that is known only at run time counts as false', async () => {
    const either = createClient({ ...options, legacyFields: dynamic })
    expectTypeOf(await either.integrations.retrieve('1')).toEqualTypeOf<Integration>()
  })

  test('leave the old names out of spreads, as the run time does', async () => {
    const integration = await client.integrations.retrieve('1')
    const copy = { ...integration }
    expectTypeOf(copy).not.toHaveProperty('is_enabled')
    expectTypeOf(copy).toHaveProperty('enabled')
    expectTypeOf({ ...(await client.tickets.retrieve('1')) }).not.toHaveProperty('files')
  })

  test('a client of either kind is a client', () => {
    expectTypeOf(client).toExtend<Client>()
    expectTypeOf(without).toExtend<Client>()
    expectTypeOf(client).toEqualTypeOf<Client<{ legacyFields: true }>>()
  })

  test('come with the facts of the response', () => {
    expectTypeOf(without.integrations.retrieve('1')).toEqualTypeOf<Result<Integration>>()
    expectTypeOf(without.integrations.retrieve('1').withResponse()).toEqualTypeOf<Promise<WithResponse<Integration>>>()
    expectTypeOf(without.tickets.list()).toEqualTypeOf<ListResult<Ticket>>()
    expectTypeOf<Page<Ticket>['total']>().toEqualTypeOf<number | undefined>()
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

  test('an update takes a retrieved integration back', async () => {
    const integration = await client.integrations.retrieve('1')
    void client.integrations.update('1', { ...integration, name: 'B' })
    void client.integrations.update('1', integration)
    void client.integrations.update('1', { is_enabled: false })
    // @ts-expect-error no such field
    void client.integrations.update('1', { nme: 'B' })
    expectTypeOf<UpdateIntegration>().toExtend<LegacyUpdateIntegration>()
    expectTypeOf<LegacyUpdateIntegration>().not.toExtend<UpdateIntegration>()
  })

  test('a ticket names its integration in new or old words', () => {
    const bug = { title: 'a', description: 'b' }
    void client.tickets.create({ ...bug, integration_id: '1' })
    void client.tickets.create({ ...bug, integration_name: 'A' })
    void client.tickets.create({ ...bug, integration: 'A', file_ids: ['1'] })
    // @ts-expect-error no such field
    void client.tickets.create({ ...bug, integration_nme: 'A' })
    expectTypeOf<CreateTicket>().toExtend<LegacyCreateTicket>()
    expectTypeOf<LegacyCreateTicket>().not.toExtend<CreateTicket>()
  })

  test('lists take new and old filters', () => {
    void client.integrations.list({ platform_name: 'jira', enabled: true, limit: 5 })
    void client.integrations.list({ integration_type: 'jira', is_enabled: true })
    void client.tickets.list({ integration_id: '1', status: ['open'] })
    void client.tickets.list({ integration_name: 'A' })
    // @ts-expect-error cursors are not announced
    void client.integrations.list({ cursor: 'x' })
    // @ts-expect-error a list of statuses
    void client.tickets.list({ status: 'open' })
  })

  test('a generation has to be given', () => {
    // @ts-expect-error the generation is missing
    createClient({ baseUrl: '', token: '' })
    // @ts-expect-error detection is not there yet
    createClient({ ...options, generation: 'auto' })
    createClient({ ...options, fetch })
    createClient({ ...options, fetch: async (request, init) => fetch(request, init) })
    createClient({ ...options, fetch: async (request: Request) => fetch(request) })
  })
})

test('a resource has the methods that the contract asks for', () => {
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
