import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { createInterface } from 'node:readline'

/** A mail server that answers a login with a line; without one it does not even greet. */
export async function startMailServer(login?: string) {
  const received: string[] = []
  const server = createServer((socket) => {
    socket.on('error', () => {})
    if (login === undefined) return
    socket.write('220 mail.test ESMTP\r\n')
    createInterface({ input: socket }).on('line', (line) => {
      received.push(line)
      if (line.startsWith('EHLO')) socket.write('250-mail.test\r\n250 AUTH PLAIN\r\n')
      else if (line.startsWith('AUTH')) socket.write(`${login}\r\n`)
      else socket.end('221 bye\r\n')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // The server listens on a port, so its address is not a path.
  const { port } = server.address() as AddressInfo
  return { port, received, stop: () => void server.close() }
}
