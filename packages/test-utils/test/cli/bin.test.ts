// The command as a process of its own: only what cannot be tested in process. Starting Node takes over a second.
import { createApp } from '@ai-ticket-creator/reference-api'
import { getRequestListener } from '@hono/node-server'
import { expect, onTestFinished, test } from 'vitest'
import { RETRIEVE } from './mock-backend.ts'
import { listen, spawnCli } from './run-cli.ts'

test('the process reads its token from a pipe and ends with the exit code', { timeout: 60_000 }, async () => {
  const listener = getRequestListener(createApp({ generation: 'current' }).fetch)
  const server = await listen((request, response) => void listener(request, response))
  onTestFinished(server.close)
  const { ended } = spawnCli(['--base-url', server.url, '--token-stdin', '--filter', RETRIEVE], {
    env: { AI_TICKET_CREATOR_TOKEN: '' },
    stdin: 'test-token\n',
  })

  const { code, stdout, stderr } = await ended

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain('passed: 1 passed')
})

test('Ctrl-C deletes the test data and ends with 130', { timeout: 60_000 }, async () => {
  const { fetch } = createApp({ generation: 'current', clock: () => new Date() })
  const { promise: isReading, resolve: startReading } = Promise.withResolvers<void>()
  let [created, isHolding] = [0, true]
  // The first read after a create gets no response, so that test data exists when the signal arrives.
  const listener = getRequestListener(async (request) => {
    if (isHolding && request.method === 'GET' && created > 0) {
      startReading()
      return await new Promise<never>(() => {})
    }
    const response = await fetch(request)
    if (response.status === 201) created += 1
    return response
  })
  const server = await listen((request, response) => void listener(request, response))
  onTestFinished(server.close)
  const { ended, kill } = spawnCli(['--base-url', server.url, '--mode', 'full'])

  await isReading
  isHolding = false
  kill('SIGINT')
  const { code, stdout } = await ended

  expect(code).toBe(130)
  expect(stdout).toContain('ended by SIGINT')
  const headers = { Authorization: 'Bearer test-token' }
  const left = await fetch(new Request('http://localhost/api/v1/integrations/', { headers }))
  expect(await left.json()).toEqual([])
})
