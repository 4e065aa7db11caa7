import { describe, expect, test } from 'vitest'
import { send, transports } from './transports.ts'

describe.each(transports)('$name', ({ open }) => {
  test('a profile reproduces the existing backend with its defects', async () => {
    using opened = open({ profile: 'existing-latest' })
    const { api } = opened
    const jira = await api.seed.integration({ name: 'Jira' })

    const updated = await send(opened, `PUT /integrations/${jira.id}`, { name: 'Renamed' })

    expect([api.profile, api.generation, updated.status]).toEqual(['existing-latest', 'current', 500])
    expect(updated.headers.has('API-Generation')).toBe(false)
    expect(api.requests.map(({ endpoint, status }) => [endpoint, status])).toEqual([['integrations.update', 500]])
  })

  test('the profile can be switched, and a reset restores it', async () => {
    using opened = open({ profile: 'existing-legacy' })
    const { api } = opened
    await api.seed.integration({ name: 'Jira' })

    api.switchProfile('existing-refactored')
    const later = await send(opened, 'GET /integrations/')
    const switched = [api.profile, api.generation]
    api.reset()

    expect(await later.json()).toMatchObject([{ name: 'Jira', platform_name: 'jira', enabled: true }])
    expect(switched).toEqual(['existing-refactored', 'current'])
    expect([api.profile, api.generation]).toEqual(['existing-legacy', 'legacy'])
  })
})
