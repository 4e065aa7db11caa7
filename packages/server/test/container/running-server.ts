import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { freePort } from '@ai-ticket-creator/test-postgresql'
import type { Container } from './buildah.ts'

/** The server of a container that listens. */
export interface RunningServer {
  readonly url: string
  /** What the health check of the image answers: 0 is healthy. */
  readonly health: () => Promise<number>
  /** Ends it with SIGTERM; returns the messages of its log. */
  readonly stop: () => Promise<readonly string[]>
}

interface LogLine {
  readonly msg: string
  readonly pid: number
}

export async function startInContainer(
  container: Container,
  env: Readonly<Record<string, string>> = {},
): Promise<RunningServer> {
  const variables = { ...env, PORT: String(await freePort()) }
  const child = container.start(variables)
  const closed = once(child, 'close')
  const log: LogLine[] = []
  let errors = ''
  child.stderr?.on('data', (chunk) => (errors += String(chunk)))

  const { promise: listening, resolve, reject } = Promise.withResolvers<number>()
  createInterface({ input: child.stdout ?? process.stdin }).on('line', (text) => {
    const line = JSON.parse(text) as LogLine
    log.push(line)
    if (line.msg === 'listening') resolve(line.pid)
  })
  child.once('close', () => reject(new Error(`the server ended before it listened: ${errors}`)))
  const pid = await listening

  return {
    url: `http://127.0.0.1:${variables.PORT}`,
    health: async () => (await container.checkHealth(variables)).exitCode,
    async stop() {
      // The container has the process ids of this machine, and buildah passes no signal on.
      process.kill(pid, 'SIGTERM')
      await closed
      return log.map(({ msg }) => msg)
    },
  }
}
