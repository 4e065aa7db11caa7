import { once } from 'node:events'

/** The bytes that the objects of a process take after a garbage collection. It runs with `--inspect` on the port. */
export async function heapAfterCollection(port: number): Promise<number> {
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as readonly Target[]
  const socket = new WebSocket(targets[0]?.webSocketDebuggerUrl ?? '')
  await once(socket, 'open')
  await send(socket, 1, 'HeapProfiler.collectGarbage')
  const { usedSize } = await send(socket, 2, 'Runtime.getHeapUsage')
  socket.close()
  return usedSize
}

interface Target {
  readonly webSocketDebuggerUrl: string
}

async function send(socket: WebSocket, id: number, method: string): Promise<{ readonly usedSize: number }> {
  socket.send(JSON.stringify({ id, method }))
  for (;;) {
    // The first message after the request need not be its answer.
    const [{ data }] = (await once(socket, 'message')) as [{ readonly data: string }]
    const message = JSON.parse(data) as { readonly id?: number; readonly result: { readonly usedSize: number } }
    if (message.id === id) return message.result
  }
}
