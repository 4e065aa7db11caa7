import { describe, expect, test } from 'vitest'
import { connect } from './backend.ts'

describe.each(['legacy', 'transitional', 'current'] as const)('on a %s backend, an item of a list', (backend) => {
  test('of integrations can be sent back with a change', async () => {
    const { client } = connect({ backend })
    await client.integrations.create({ name: 'A', platform_name: 'jira' })
    const [item] = (await client.integrations.list()).items

    const updated = await client.integrations.update(item?.id ?? '', { ...item, description: 'B' })

    expect(updated).toMatchObject({ name: 'A', description: 'B' })
  })

  test('of tickets can be sent back with a change', async () => {
    const { client } = connect({ backend })
    await client.tickets.create({ title: 'A', description: 'B' })
    const [item] = (await client.tickets.list()).items

    const updated = await client.tickets.update(item?.id ?? '', { ...item, title: 'C' })

    expect(updated).toMatchObject({ title: 'C', description: 'B' })
  })
})
