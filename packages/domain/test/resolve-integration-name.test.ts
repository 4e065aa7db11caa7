import { type NameCandidate, resolveIntegrationName } from '@ai-ticket-creator/domain'
import { checkUsable } from '@ai-ticket-creator/domain/internal'
import { expect, test } from 'vitest'

const candidate = (id: string, name: string, rest: Partial<NameCandidate> = {}): NameCandidate => ({
  id,
  name,
  platform_name: 'jira',
  status: 'active',
  ...rest,
})

test('a name resolves to the integration that has it', () => {
  const all = [candidate('1', 'JIRA Production'), candidate('2', 'JIRA Staging')]

  expect(resolveIntegrationName('JIRA Production', all)).toEqual({ id: '1', via: 'name' })
})

test('spaces around a name are ignored, on either side', () => {
  const all = [candidate('1', ' JIRA Production')]

  expect(resolveIntegrationName('JIRA Production\n', all)).toEqual({ id: '1', via: 'name' })
})

test.each(['jira production', 'JIRA', 'JIRA Production 2', 'JIRA%', 'JIRA  Production'])(
  '%s is not JIRA Production: a name is exact',
  (name) => {
    const all = [candidate('1', 'JIRA Production', { platform_name: 'zendesk' })]

    expect(resolveIntegrationName(name, all)).toMatchObject({ code: 'integration_not_found' })
  },
)

test.each([
  ['inactive', 'integration 1 is inactive; enable it first'],
  ['pending', 'integration 1 is pending; activate it first'],
  ['error', 'integration 1 is error; its health check fails; fix the cause, then enable it'],
  ['expired', 'integration 1 is expired; its credentials have expired; replace them'],
  ['suspended', 'integration 1 is suspended; it must be resumed first'],
  ['archived', 'integration 1 is archived; only an active one can file tickets'],
])('an integration that is %s cannot be used, and the message says why', (status, message) => {
  const all = [candidate('1', 'JIRA Production', { status })]

  expect(resolveIntegrationName('JIRA Production', all)).toEqual({
    code: 'integration_unusable',
    id: '1',
    reason: status,
    message,
  })
})

test('a name that several integrations have is ambiguous, and they are listed', () => {
  const all = [candidate('1', 'JIRA'), candidate('2', 'Other'), candidate('3', 'JIRA ', { platform_name: 'zendesk' })]

  expect(resolveIntegrationName('JIRA', all)).toEqual({
    code: 'ambiguous_integration_name',
    candidates: [
      { id: '1', name: 'JIRA', platform_name: 'jira', status: 'active' },
      { id: '3', name: 'JIRA ', platform_name: 'zendesk', status: 'active' },
    ],
    message: '2 integrations have this name; send `integration_id` with one of 1, 3',
  })
})

test('a name is ambiguous even if only one of the integrations can be used', () => {
  const all = [candidate('1', 'JIRA', { status: 'inactive' }), candidate('2', 'JIRA')]

  expect(resolveIntegrationName('JIRA', all)).toMatchObject({ code: 'ambiguous_integration_name' })
})

test('candidates of an ambiguous name have only id, name, platform and status', () => {
  const all = ['1', '2'].map((id) => ({ ...candidate(id, 'JIRA'), deleted: false, credentials: 'secret' }))

  const resolved = resolveIntegrationName('JIRA', all)

  expect(JSON.stringify(resolved)).not.toContain('secret')
  expect(JSON.stringify(resolved)).not.toContain('deleted')
})

test('a deleted integration does not make a name ambiguous', () => {
  const all = [candidate('1', 'JIRA', { deleted: true }), candidate('2', 'JIRA')]

  expect(resolveIntegrationName('JIRA', all)).toEqual({ id: '2', via: 'name' })
})

test('a name that only a deleted integration has is unusable, not unknown', () => {
  const all = [candidate('1', 'JIRA Production', { deleted: true })]

  expect(resolveIntegrationName(' JIRA Production ', all)).toEqual({
    code: 'integration_unusable',
    id: '1',
    reason: 'deleted',
    message: 'integration 1 is deleted; use another one',
  })
})

test('a name that several deleted integrations have, and no other, is ambiguous', () => {
  const all = [candidate('1', 'JIRA Old', { deleted: true }), candidate('2', 'JIRA Old ', { deleted: true })]

  expect(resolveIntegrationName('JIRA Old', all)).toEqual({
    code: 'ambiguous_integration_name',
    candidates: [
      { id: '1', name: 'JIRA Old', platform_name: 'jira', status: 'active' },
      { id: '2', name: 'JIRA Old ', platform_name: 'jira', status: 'active' },
    ],
    message: '2 integrations have this name; all of them are deleted, so use another one than 1, 2',
  })
})

test('a platform resolves to its only integration, and the result names the platform as the reason', () => {
  const all = [candidate('1', 'Bugs'), candidate('2', 'Chat', { platform_name: 'slack' })]

  expect(resolveIntegrationName('jira', all)).toEqual({ id: '1', via: 'platform' })
  expect(resolveIntegrationName(' JIRA ', all)).toEqual({ id: '1', via: 'platform' })
})

test('a platform whose only integration cannot be used is refused with the reason', () => {
  const all = [candidate('1', 'Bugs', { status: 'expired' })]

  expect(resolveIntegrationName('jira', all)).toMatchObject({
    code: 'integration_unusable',
    id: '1',
    reason: 'expired',
  })
})

test('a name has priority over a platform', () => {
  const all = [candidate('1', 'Bugs'), candidate('2', 'jira', { platform_name: 'slack' })]

  expect(resolveIntegrationName('jira', all)).toEqual({ id: '2', via: 'name' })
})

test('a platform with several integrations resolves to none', () => {
  const all = [candidate('1', 'Bugs'), candidate('2', 'Features', { status: 'inactive' })]

  expect(resolveIntegrationName('jira', all)).toEqual({
    code: 'integration_not_found',
    message: 'no integration has this name, and 2 integrations are on the platform it names; send `integration_id`',
  })
})

test('a deleted integration does not count for a platform', () => {
  const all = [candidate('1', 'Bugs', { deleted: true }), candidate('2', 'Features')]

  expect(resolveIntegrationName('jira', all)).toEqual({ id: '2', via: 'platform' })
})

test('an integration on the platform has priority over a deleted one with the name', () => {
  const all = [candidate('1', 'jira', { deleted: true }), candidate('2', 'Features')]

  expect(resolveIntegrationName('jira', all)).toEqual({ id: '2', via: 'platform' })
})

test.each(['acme', '', '   ', '__proto__', 'constructor'])(
  '%j with no integration of the name is not found',
  (name) => {
    const all = [candidate('1', 'Bugs', { platform_name: 'acme' })]

    expect(resolveIntegrationName(name, all)).toEqual({
      code: 'integration_not_found',
      message: 'no integration has this name; list the integrations and send `integration_id`',
    })
  },
)

test('without candidates there is no integration', () => {
  expect(resolveIntegrationName('jira', [])).toMatchObject({ code: 'integration_not_found' })
})

test('candidates may come from any iterable', () => {
  const all = new Set([candidate('1', 'Bugs')])

  expect(resolveIntegrationName('Bugs', all)).toEqual({ id: '1', via: 'name' })
})

test('checkUsable checks a single integration in the same way', () => {
  expect(checkUsable(candidate('1', 'Bugs'), 'name')).toEqual({ id: '1', via: 'name' })
  expect(checkUsable(candidate('1', 'Bugs', { status: 'error' }), 'name')).toMatchObject({ reason: 'error' })
  expect(checkUsable(candidate('1', 'Bugs', { deleted: true }), 'name')).toMatchObject({ reason: 'deleted' })
})
