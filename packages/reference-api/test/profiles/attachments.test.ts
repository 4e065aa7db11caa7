import { expect } from 'vitest'
import { ada, bearer, bob, send } from '../send.ts'
import { createBackend, insertTicket, storedTicket, testDeviation, ticketPath, unknownId } from './test-deviation.ts'

const failed = { detail: "Failed to add attachments: 'Ticket' object has no attribute 'files'" }

testDeviation('attachments-by-file-ids', async (backend) => {
  await insertTicket(backend)

  const wrong = await send(backend.app, `POST ${ticketPath}/attachments`, { attachments: [{ file_id: unknownId }] })
  const before = (await storedTicket(backend))?.attachments
  const noId = await send(backend.app, `POST ${ticketPath}/attachments`, { file_ids: ['x'] })
  const right = await send(backend.app, `POST ${ticketPath}/attachments`, { file_ids: [unknownId] })

  expect([wrong, noId, right].map(({ status }) => status)).toEqual([500, 500, 500])
  expect([before, (await storedTicket(backend))?.attachments]).toEqual([[], [{ file_id: unknownId }]])
})

testDeviation('attachments-fail-after-saving', async (backend) => {
  await insertTicket(backend)

  const reply = await send(backend.app, `POST ${ticketPath}/attachments`, { file_ids: [unknownId] })
  const unknown = await send(backend.app, `POST /tickets/${unknownId}/attachments`, { file_ids: [unknownId] })
  const list = await send(backend.app, `POST ${ticketPath}/attachments`, [])

  expect([reply.status, reply.json]).toEqual([500, failed])
  expect([unknown.status, unknown.json]).toEqual([500, failed])
  expect(list.status).toBe(422)
  expect((await storedTicket(backend))?.attachments).toEqual([{ file_id: unknownId }])
})

testDeviation('attachments-as-files', async (backend) => {
  await insertTicket(backend, { attachments: [{ file_id: unknownId }] })

  const reply = await send(backend.app, `GET ${ticketPath}/attachments`)

  expect([reply.status, reply.json]).toMatchObject([
    200,
    [{ id: unknownId, status: 'uploaded', created_at: '2025-09-01T00:00:00+00:00' }],
  ])
})

testDeviation('attachments-of-any-organization', async ({ profile }) => {
  const mixed = await createBackend(profile, { users: [ada, bob] })
  await insertTicket(mixed, { organization_id: bob.organization_id, attachments: [{ file_id: unknownId }] })

  const foreign = await send(mixed.app, `GET ${ticketPath}/attachments`, undefined, bearer(ada))
  const unknown = await send(mixed.app, `GET /tickets/${unknownId}/attachments`, undefined, bearer(ada))

  expect([foreign.status, foreign.json]).toMatchObject([200, [{ id: unknownId }]])
  expect([unknown.status, unknown.json]).toEqual([200, []])
})
