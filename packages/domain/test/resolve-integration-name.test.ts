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

test('the one that has the name is meant', () => {
  const all = [candidate('1', 'JIRA Production'), candidate('2', 'JIRA Staging')]

  expect(resolveIntegrationName('JIRA Production', all)).toEqual({ id: '1', via: 'name' })
})

test('blanks around a name do not count, on either side', () => {
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
  ['error', 'integration 1 is error; its health check fails; mend it, then enable it'],
  ['expired', 'integration 1 is expired; its credentials have expired; replace them'],
  ['suspended', 'integration 1 is suspended; it has to be resumed first'],
  ['archived', 'integration 1 is archived; only an active one can file tickets'],
])('one that is %s can not be used, and says why', (status, message) => {
  const all = [candidate('1', 'JIRA Production', { status })]

  expect(resolveIntegrationName('JIRA Production', all)).toEqual({
    code: 'integration_unusable',
    id: '1',
    reason: status,
    message,
  })
})

test('several with the name are ambiguous, and listed', () => {
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

test('several are ambiguous also when only one of them can be used: there is no guess', () => {
  const all = [candidate('1', 'JIRA', { status: 'inactive' }), candidate('2', 'JIRA')]

  expect(resolveIntegrationName('JIRA', all)).toMatchObject({ code: 'ambiguous_integration_name' })
})

test('candidates of an ambiguous name show nothing beside id, name, platform and status', () => {
  const all = ['1', '2'].map((id) => ({ ...candidate(id, 'JIRA'), deleted: false, credentials: 'secret' }))

  const resolved = resolveIntegrationName('JIRA', all)

  expect(JSON.stringify(resolved)).not.toContain('secret')
  expect(JSON.stringify(resolved)).not.toContain('deleted')
})

test('a deleted one does not make a name ambiguous', () => {
  const all = [candidate('1', 'JIRA', { deleted: true }), candidate('2', 'JIRA')]

  expect(resolveIntegrationName('JIRA', all)).toEqual({ id: '2', via: 'name' })
})

test('a name that only a deleted one has is unusable, not unknown', () => {
  const all = [candidate('1', 'JIRA Production', { deleted: true })]

  expect(resolveIntegrationName(' JIRA Production ', all)).toEqual({
    code: 'integration_unusable',
    id: '1',
    reason: 'deleted',
    message: 'integration 1 is deleted; name another one',
  })
})

test('a platform word means its only integration, and says so', () => {
  const all = [candidate('1', 'Bugs'), candidate('2', 'Chat', { platform_name: 'slack' })]

  expect(resolveIntegrationName('jira', all)).toEqual({ id: '1', via: 'platform' })
  expect(resolveIntegrationName(' JIRA ', all)).toEqual({ id: '1', via: 'platform' })
})

test('a platform word whose only integration can not be used says why', () => {
  const all = [candidate('1', 'Bugs', { status: 'expired' })]

  expect(resolveIntegrationName('jira', all)).toMatchObject({
    code: 'integration_unusable',
    id: '1',
    reason: 'expired',
  })
})

test('a name counts before a platform word', () => {
  const all = [candidate('1', 'Bugs'), candidate('2', 'jira', { platform_name: 'slack' })]

  expect(resolveIntegrationName('jira', all)).toEqual({ id: '2', via: 'name' })
})

test('a platform word with several integrations means none of them', () => {
  const all = [candidate('1', 'Bugs'), candidate('2', 'Features', { status: 'inactive' })]

  expect(resolveIntegrationName('jira', all)).toEqual({
    code: 'integration_not_found',
    message: 'no integration has this name, and 2 integrations are on the platform it names; send `integration_id`',
  })
})

test('a deleted integration does not count for a platform word', () => {
  const all = [candidate('1', 'Bugs', { deleted: true }), candidate('2', 'Features')]

  expect(resolveIntegrationName('jira', all)).toEqual({ id: '2', via: 'platform' })
})

test('a live integration on the platform counts before a deleted one with the name', () => {
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

test('no candidates, no integration', () => {
  expect(resolveIntegrationName('jira', [])).toMatchObject({ code: 'integration_not_found' })
})

test('candidates may come from any iterable', () => {
  const all = new Set([candidate('1', 'Bugs')])

  expect(resolveIntegrationName('Bugs', all)).toEqual({ id: '1', via: 'name' })
})

test('one integration, known by id, is asked the same way', () => {
  expect(checkUsable(candidate('1', 'Bugs'), 'name')).toEqual({ id: '1', via: 'name' })
  expect(checkUsable(candidate('1', 'Bugs', { status: 'error' }), 'name')).toMatchObject({ reason: 'error' })
  expect(checkUsable(candidate('1', 'Bugs', { deleted: true }), 'name')).toMatchObject({ reason: 'deleted' })
})
