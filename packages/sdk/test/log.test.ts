import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { connect, connectTo, failureOf } from './backend.ts'

type Level = 'debug' | 'info' | 'warn' | 'error'

/** A logger that collects its lines, without times. */
function createLog() {
  const lines: string[] = []
  const write = (level: Level) => (line: string) => void lines.push(`${level}: ${line.replaceAll(/\d+ ms/g, 'n ms')}`)
  return { lines, logger: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') } }
}

test('nothing is logged by default', async () => {
  const { lines, logger } = createLog()
  const { client } = connect({ logger })

  await client.tickets.list()

  expect(lines).toEqual([])
})

describe('a call is one line', () => {
  test('that lists its requests', async () => {
    const { lines, logger } = createLog()
    const { client } = connect({ logger, logLevel: 'info' })
    const { id } = await client.tickets.create({ title: 'A', description: 'B', department: 'IT' })

    await client.tickets.update(id, { department: null })
    await client.request({ method: 'GET', path: '/nowhere/s3cr3t' }).catch(() => {})

    expect(lines).toEqual([
      'info: ai-ticket-creator tickets.create succeeded after 1 request in n ms',
      'info: ai-ticket-creator tickets.retrieve > tickets.update succeeded after 2 requests in n ms',
      'error: ai-ticket-creator request failed with 404 after 1 request in n ms',
    ])
  })

  test('that shows a failure', async () => {
    const { lines, logger } = createLog()
    const { client } = connectTo(() => Response.json({ detail: 's3cr3t' }, { status: 400 }), {
      logger,
      logLevel: 'error',
    })

    await failureOf(client.tickets.retrieve('s3cr3t', { headers: { 'X-Key': 's3cr3t' } }))

    expect(lines).toEqual(['error: ai-ticket-creator tickets.retrieve failed with 400 after 1 request in n ms'])
  })

  test('that shows a wrong input, for which nothing was sent', async () => {
    const { lines, logger } = createLog()
    const { client } = connect({ logger, logLevel: 'info' })

    await failureOf(client.tickets.create({ title: '', description: '' }))

    expect(lines).toEqual(['error: ai-ticket-creator call failed with InvalidRequestError after 0 requests in n ms'])
  })

  test('that warns about a retry', async () => {
    const { lines, logger } = createLog()
    const replies = [Response.json({}, { status: 503 }), Response.json({ id: '1' })]
    const { client } = connectTo(() => replies.shift() ?? Response.error(), {
      logger,
      logLevel: 'warn',
      retry: { baseDelay: 1 },
    })

    await client.tickets.retrieve('1')
    expect(lines).toEqual(['warn: ai-ticket-creator tickets.retrieve succeeded after 2 requests in n ms'])
  })
})

test('at the level `debug` each attempt is a line', async () => {
  const { lines, logger } = createLog()
  const replies = [Response.json({}, { status: 503 }), Response.json({ id: '1' })]
  const { client } = connectTo(() => replies.shift() ?? Response.error(), {
    logger,
    logLevel: 'debug',
    retry: { baseDelay: 1 },
  })

  await client.tickets.retrieve('1')

  expect(lines).toEqual([
    'debug: ai-ticket-creator GET /api/v1/tickets/{ticket_id}: 503 in n ms, again in n ms: unavailable',
    'debug: ai-ticket-creator GET /api/v1/tickets/{ticket_id}: 200 in n ms',
    'warn: ai-ticket-creator tickets.retrieve succeeded after 2 requests in n ms',
  ])
})

test('the console is the logger by default', async () => {
  const info = vi.spyOn(console, 'info').mockImplementation(() => {})
  onTestFinished(() => info.mockRestore())
  const { client } = connect({ logLevel: 'info' })

  await client.tickets.list()

  expect(info.mock.calls).toEqual([[expect.stringContaining('tickets.list succeeded after 1 request')]])
})

test('a logger that throws fails no call, and onEvent gets its events all the same', async () => {
  const types: string[] = []
  const fail = () => {
    throw new Error('full')
  }
  const { client } = connect({
    logger: { debug: fail, info: fail, warn: fail, error: fail },
    logLevel: 'debug',
    onEvent: ({ type }) => types.push(type),
  })

  await client.tickets.list()

  expect(types).toEqual(['attempt', 'call'])
})
