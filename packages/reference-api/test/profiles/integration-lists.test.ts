import { expect } from 'vitest'
import { column, fieldsOf, itemsOf, send } from '../send.ts'
import { insertIntegration, integrationPath, newJira, testDeviation } from './test-deviation.ts'

testDeviation('unknown-order-fails', async ({ app }) => {
  const rate = await send(app, 'GET /integrations/?sort_by=success_rate')
  const made = await send(app, 'GET /integrations/?sort_by=colour')
  const both = await send(app, 'GET /integrations/?sort_by=colour&limit=0')

  expect([rate, made].map(({ status, json }) => [status, json])).toEqual([
    [500, { detail: 'Failed to list integrations' }],
    [500, { detail: 'Failed to list integrations' }],
  ])
  expect([both.status, fieldsOf(both)['detail']]).toMatchObject([422, [{ loc: ['query', 'limit'] }]])
})

testDeviation('name-filter-has-wildcards', async (backend) => {
  const names = ['100% Jira', '100 Jira', 'a_b', 'axb', 'back\\slash', 'dot.']
  for (const [n, name] of names.entries())
    await insertIntegration(backend, { id: `aaaaaaaa-0000-4000-8000-00000000000${n}`, name })
  const named = async (like: string) =>
    column(
      await send(backend.app, `GET /integrations/?sort_by=name&sort_order=asc&name=${encodeURIComponent(like)}`),
      'name',
    )

  expect(await named('100%JIRA')).toEqual(['100 Jira', '100% Jira'])
  expect(await named('100\\% J')).toEqual(['100% Jira'])
  expect(await named('a_b')).toEqual(['a_b', 'axb'])
  expect(await named('a\\_b')).toEqual(['a_b'])
  expect(await named('k\\\\s')).toEqual(['back\\slash'])
  expect(await named('dot_\\')).toEqual([])
  expect(await named('t.')).toEqual(['dot.'])
})

testDeviation('name-filter-has-wildcards', async (backend) => {
  for (const n of [1, 2, 3])
    await insertIntegration(backend, {
      id: `aaaaaaaa-0000-4000-8000-00000000000${n}`,
      created_at: `2025-09-0${n}T00:00:00.000000Z`,
    })

  const page = await send(backend.app, 'GET /integrations/?name=S_ored&offset=1&limit=1&sort_order=asc')

  expect(column(page, 'id')).toEqual(['aaaaaaaa-0000-4000-8000-000000000002'])
})

testDeviation('integrations-without-stable-order', async (backend) => {
  for (const n of [1, 2, 3, 4])
    await insertIntegration(backend, { id: `aaaaaaaa-0000-4000-8000-00000000000${n}`, name: n === 4 ? 'B' : 'A' })
  const page = async (offset: number) =>
    column(await send(backend.app, `GET /integrations/?sort_by=name&sort_order=asc&limit=2&offset=${offset}`), 'id')

  const ids = [...(await page(0)), ...(await page(2))]

  expect([ids.length, new Set(ids).size]).toEqual([4, 3])
  expect(ids.at(-1)).toBe('aaaaaaaa-0000-4000-8000-000000000004')
})

testDeviation('no-descriptions-in-lists', async (backend) => {
  await insertIntegration(backend, { description: 'D' })

  const list = await send(backend.app, 'GET /integrations/')
  const one = await send(backend.app, `GET ${integrationPath}`)

  expect([column(list, 'description'), fieldsOf(one)['description']]).toEqual([[null], 'D'])
})

testDeviation('no-time-of-credentials', async (backend) => {
  const created = await send(backend.app, 'POST /integrations/', newJira(backend))

  expect([created.status, 'credentials_updated_at' in fieldsOf(created)]).toEqual([200, false])
})

testDeviation('no-enabled-in-replies', async (backend) => {
  await insertIntegration(backend)

  const one = await send(backend.app, `GET ${integrationPath}`)
  const list = await send(backend.app, 'GET /integrations/?is_enabled=true')
  const none = await send(backend.app, 'GET /integrations/?is_enabled=false')

  expect([one, list].map(({ text }) => /"(is_)?enabled"/.test(text))).toEqual([false, false])
  expect([itemsOf(list).length, itemsOf(none).length]).toEqual([1, 0])
})
