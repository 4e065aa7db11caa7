import { once } from 'node:events'
import { connect, createServer } from 'node:net'

/**
 * Accepts connections on a socket file until the process ends or the returned function is called. Where no such file can be
 * created, as on some network file systems, nothing happens.
 */
export async function listenOn(file: string): Promise<() => void> {
  const server = createServer((socket) => socket.destroy())
  try {
    server.listen(file)
    await once(server, 'listening')
  } catch {
    return () => {}
  }
  server.unref()
  return () => void server.close()
}

/** Whether a process accepts connections on a socket file. True in doubt, so that no other process takes its folder. */
export async function isListening(file: string): Promise<boolean> {
  try {
    const socket = connect(file)
    await once(socket, 'connect')
    socket.destroy()
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED')
  }
}
