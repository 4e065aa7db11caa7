import type { CreateIntegration, LegacyCreateIntegration, Platform } from '@ai-ticket-creator/domain'
import { createClient } from '@ai-ticket-creator/sdk'
import { setupServer } from 'msw/node'
import { expectTypeOf, test } from 'vitest'
import { aLegacyIntegrationInput, anIntegrationInput, createTestApi, errorResponse } from '../../src/index.ts'
import { startTestApi, unhandledIsError } from '../../src/node.ts'

const api = createTestApi()

test('the handlers of an API fit MSW, and its fetch fits the SDK', () => {
  setupServer(...api.handlers).listen({ onUnhandledFrame: unhandledIsError })
  createClient({ baseUrl: api.baseUrl, token: api.token, generation: 'current', fetch: api.fetch })
  expectTypeOf(api.fetch).toExtend<typeof fetch>()
  expectTypeOf(startTestApi()).toExtend<typeof api>()
})

test('an input has the credentials of its platform and auth type', () => {
  expectTypeOf(anIntegrationInput('slack').credentials).toExtend<{ bot_token: string; api_key: string }>()
  expectTypeOf(anIntegrationInput('slack', { auth_type: 'custom' }).credentials).toEqualTypeOf<{
    bot_token: string
    channel: string
  }>()
})

test('an input is accepted by create, also for a platform that is known at run time only', () => {
  expectTypeOf(anIntegrationInput('jira')).toExtend<CreateIntegration>()
  expectTypeOf(anIntegrationInput<Platform>).returns.toExtend<CreateIntegration>()
  expectTypeOf(aLegacyIntegrationInput('jira')).toExtend<LegacyCreateIntegration>()
})

test('faults accept only endpoints and codes that exist', () => {
  // @ts-expect-error no such endpoint
  api.faults.add({ endpoint: 'tickets.creat', fault: errorResponse(500) })
  // @ts-expect-error no such code
  errorResponse('teapot')
})
