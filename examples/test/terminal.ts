import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/** The folder and the environment of the shell in which the commands run. */
export interface Reader {
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** A command of a `console` block, and the lines that it must print. `…` stands for anything. */
interface Step {
  readonly command: string
  readonly expected: readonly string[]
}

/** A shell in which the commands of a guide run, one after another. */
export interface Terminal extends Disposable {
  /** Runs a command and returns its output. A command that ends with `&` keeps running, and its first output is returned. */
  readonly runInShell: (command: string) => Promise<string>
}

/** The commands of the `console` blocks. A command follows `$ `, and a backslash continues it in the next line. */
export function readSteps(consoles: readonly string[]): Step[] {
  return consoles.flatMap((block) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((step) => {
        const [command = ''] = /^(?:.*\\\n)*.*/.exec(step) ?? []
        const output = step.slice(command.length).replace(/^\n/, '').trimEnd()
        return { command, expected: output === '' ? [] : output.split('\n') }
      }),
  )
}

/** Opens a shell. It replaces the ports of the guide by free ones, because other programs may use them. */
export async function openTerminal({ folder, env }: Reader, consoles: readonly string[]): Promise<Terminal> {
  const ports = await freePorts(consoles)
  const running: ChildProcess[] = []
  const variables: Record<string, string | undefined> = { ...env, PORT: ports[0]?.free }

  return {
    async runInShell(command) {
      const [, name, value] = /^export (\w+)=(\S+)$/.exec(command) ?? []
      if (name !== undefined) {
        variables[name] = toFreePorts(value ?? '')
        return ''
      }
      const backgroundCommand = /^(.*) &$/.exec(command)?.[1]
      const script = `exec 2>&1\n${toFreePorts(backgroundCommand === undefined ? command : `exec env ${backgroundCommand}`)}`
      const child = spawn('sh', ['-c', script], { cwd: folder, env: variables, stdio: ['ignore', 'pipe', 'inherit'] })
      let output = ''
      child.stdout.setEncoding('utf8').on('data', (data) => (output += data))

      if (backgroundCommand === undefined) await once(child, 'close')
      else {
        running.push(child)
        await Promise.race([once(child.stdout, 'data'), once(child, 'close')])
      }
      return toDocumented(output).trimEnd()
    },
    [Symbol.dispose]: () => {
      for (const child of running) child.kill()
    },
  }

  function toFreePorts(text: string): string {
    return ports.reduce((rest, { named, free }) => rest.replaceAll(named, free), text)
  }
  function toDocumented(text: string): string {
    return ports.reduce((rest, { named, free }) => rest.replaceAll(free, named), text)
  }
}

/** Whether an output has the lines that a step shows. `…` in a line stands for any text; a line `…` for any number of lines. */
export function matches(expected: readonly string[], output: string): boolean {
  const pattern = expected.map((line) => (line === '…' ? '(?:.*\\n)*?' : `${toPattern(line)}\\n`)).join('')
  return new RegExp(`^${pattern}$`).test(output === '' ? '' : `${output}\n`.replaceAll(/ +$/gm, ''))
}

const toPattern = (line: string): string =>
  line
    .trimEnd()
    .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('…', '.*')

async function freePorts(consoles: readonly string[]): Promise<{ named: string; free: string }[]> {
  const named = new Set(consoles.flatMap((block) => block.match(/\b401\d\b/g) ?? []))
  const servers = [...named].map(() => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  // A server on a port has this kind of address.
  const ports = servers.map((server) => String((server.address() as AddressInfo).port))
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))))
  return [...named].map((name, index) => ({ named: name, free: ports[index] ?? name }))
}
