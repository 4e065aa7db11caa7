import { createServer, type RequestListener } from 'node:http'
import { connect } from 'node:net'
import { createApp } from '@ai-ticket-creator/reference-api'
import { getRequestListener } from '@hono/node-server'
import { expect, onTestFinished, test } from 'vitest'
import { listen, runCli } from './run-cli.ts'

/** A proxy that answers CONNECT, or refuses it with a status, and the targets that it was asked for. */
async function startProxy({ status }: { readonly status?: string } = {}) {
  const targets: string[] = []
  const refuse: RequestListener = (request, response) => {
    targets.push(request.url ?? '')
    response.writeHead(500).end()
  }
  const proxy = createServer(refuse)
  proxy.on('connect', ({ url = '' }, socket) => {
    targets.push(url)
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status}\r\n\r\n`)
      return
    }
    const [host = '', port = ''] = url.split(':')
    const upstream = connect(Number(port), host === 'tickets.example.test' ? '127.0.0.1' : host, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      upstream.pipe(socket).pipe(upstream)
    })
    upstream.on('error', () => socket.destroy())
    socket.on('error', () => upstream.destroy())
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const address = proxy.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    targets,
    url: `http://127.0.0.1:${port}`,
    [Symbol.dispose]() {
      proxy.close()
      proxy.closeAllConnections()
    },
  }
}

const FILTER = ['--filter', 'requests/unknown-path']

test('the command reaches a backend through the proxy of the environment', async () => {
  using proxy = await startProxy()
  const answer = getRequestListener(createApp().fetch)
  const api = await listen((request, response) => void answer(request, response))
  onTestFinished(api.close)
  const port = new URL(api.url).port

  // The name exists nowhere, so only the proxy can lead to the backend.
  const { code, stdout, stderr } = await runCli(['--base-url', `http://tickets.example.test:${port}`, ...FILTER], {
    env: { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url },
  })

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain('passed')
  expect(new Set(proxy.targets)).toEqual(new Set([`tickets.example.test:${port}`]))
})

test('NO_PROXY names hosts that are reached directly', async () => {
  using proxy = await startProxy()
  const answer = getRequestListener(createApp().fetch)
  const api = await listen((request, response) => void answer(request, response))
  onTestFinished(api.close)

  const { code } = await runCli(['--base-url', api.url, ...FILTER], {
    env: { http_proxy: proxy.url, NO_PROXY: '127.0.0.1,localhost' },
  })

  expect(code).toBe(0)
  expect(proxy.targets).toEqual([])
})

test('a proxy that refuses the connection is named as a possible reason, without its password', async () => {
  using proxy = await startProxy({ status: '407 Proxy Authentication Required' })
  const address = proxy.url.replace('http://', 'http://me:canary-5e1f@')

  const { code, stdout, stderr } = await runCli(['--base-url', 'https://tickets.example.test', ...FILTER], {
    env: { HTTPS_PROXY: address },
  })

  expect(code).toBe(2)
  expect(proxy.targets).toEqual(['tickets.example.test:443'])
  expect(stdout).toContain(
    'the backend is unreachable (UND_ERR_ABORTED); requests use the proxies of HTTP_PROXY, HTTPS_PROXY and NO_PROXY',
  )
  expect(stdout + stderr).not.toContain('canary-5e1f')
})

test('an invalid proxy is refused, and its address is not repeated', async () => {
  const { code, stderr } = await runCli(['--base-url', 'https://tickets.example.test', ...FILTER], {
    env: { HTTPS_PROXY: 'http://me:canary-5e1f@[' },
  })

  expect(code).toBe(2)
  expect(stderr).toContain('HTTP_PROXY or HTTPS_PROXY is not the address of a proxy')
  expect(stderr).not.toContain('canary-5e1f')
})
