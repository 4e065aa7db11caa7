import { expect, test } from 'vitest'
import { untilAnswered } from './ledger.ts'

test('a request that no server answers is an error after the last attempt', async () => {
  let sent = 0
  const send = () => {
    sent += 1
    return fetch('http://127.0.0.1:1/')
  }

  await expect(untilAnswered(send, { attempts: 3, pause: 1 })).rejects.toThrow(
    'no server has answered 3 attempts to send a request',
  )
  expect(sent).toBe(3)
})

test('a request is sent again until a server answers', async () => {
  let sent = 0
  const send = async () => {
    sent += 1
    if (sent < 3) throw new Error('refused')
    return new Response('late', { status: 201 })
  }

  expect(await untilAnswered(send, { pause: 1 })).toEqual({ status: 201, text: 'late' })
})
