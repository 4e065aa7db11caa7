// What a guide shows of a terminal is typed again: each command of its ```console blocks runs, in order and in one folder,
// and has to print what stands below it. `…` is anything: within a line a part of it, alone any number of lines.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** What went wrong where, of all blocks: the first mistake ends it, since the others would follow from it. */
export async function wrongSession(consoles, { folder, env }) {
  const session = { folder, env: { ...env }, ports: await freePorts(consoles), running: [] }
  try {
    for (const step of consoles.flatMap(readSteps)) {
      const says = await wrongStep(step, session)
      if (says !== undefined) return [{ line: step.line, says }]
    }
    return []
  } finally {
    for (const child of session.running) child.kill()
  }
}

/** `exit 1` has to be seen by a reader of a guide that tells what 1 means. */
export function unseenExits({ exits, consoles }) {
  const shown = consoles.flatMap(({ content }) => [...content.matchAll(/^exit (\d+)$/gm)].map(([, code]) => code))
  return exits
    .filter(({ code }) => !shown.includes(code))
    .map(({ line, code }) => ({ line, says: `no command of this guide ends with ${code}` }))
}

/** A command stands behind `$ `, and goes on in the next line after a backslash; what follows is what it prints. */
function readSteps({ content, line }) {
  const steps = []
  let open = false
  for (const [at, text] of content.trimEnd().split('\n').entries()) {
    if (open) steps.at(-1).command += `\n${text}`
    else if (text.startsWith('$ ')) steps.push({ line: line + at + 1, command: text.slice(2), expected: [] })
    else if (steps.length === 0) return [{ line, command: '', expected: ['a block begins with a command, behind $ '] }]
    else steps.at(-1).expected.push(text)
    open = (open || text.startsWith('$ ')) && text.endsWith('\\')
  }
  return steps
}

async function wrongStep({ command, expected }, session) {
  const [, name, value] = /^export (\w+)=(\S+)$/.exec(command) ?? []
  if (name !== undefined) {
    session.env[name] = value
    return undefined
  }

  const output = await type(command, session)
  const seen = withPorts(output, session.ports, true).trimEnd()
  return matches(expected, seen.split('\n')) ? undefined : `“${command}” prints otherwise\n${seen}`
}

/** What a command prints until it ends; one that goes on behind `&`, until it has said its first line. */
async function type(command, { folder, env, ports, running }) {
  const stays = command.endsWith(' &')
  const script = withPorts(stays ? `exec env ${command.slice(0, -2)}` : command, ports)
  const child = spawn('sh', ['-c', `exec 2>&1\n${script}`], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (data) => (output += data))
  if (!stays) {
    const timer = setTimeout(() => child.kill(), 120_000)
    await once(child, 'close')
    clearTimeout(timer)
    return output
  }

  running.push(child)
  await Promise.race([once(child.stdout, 'data'), once(child, 'close')])
  return output
}

/** The ports that a guide names may be taken here. */
async function freePorts(consoles) {
  const named = new Set(consoles.flatMap(({ content }) => [...content.matchAll(/\b401\d\b/g)].map(([port]) => port)))
  const servers = await Promise.all([...named].map(listen))
  const ports = servers.map(({ name, server }) => [name, String(server.address().port)])
  await Promise.all(servers.map(({ server }) => new Promise((resolve) => server.close(resolve))))
  return ports
}

async function listen(name) {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { name, server }
}

/** The default of a program is said too, so that it takes a free one. */
function withPorts(text, ports, back = false) {
  const swapped = ports.reduce(
    (rest, [named, free]) => rest.replaceAll(...(back ? [free, named] : [named, free])),
    text,
  )
  const [first] = ports
  return back || first === undefined ? swapped : `PORT=\${PORT:-${first[1]}}; export PORT; ${swapped}`
}

function matches(expected, lines) {
  const [first, ...rest] = expected
  if (first === undefined) return lines.every((line) => line === '')
  if (first === '…') return [...lines.keys(), lines.length].some((at) => matches(rest, lines.slice(at)))
  return lines.length > 0 && fits(first, lines[0]) && matches(rest, lines.slice(1))
}

function fits(expected, line) {
  const parts = expected
    .trimEnd()
    .split('…')
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  return new RegExp(`^${parts.join('.*')}$`).test(line.trimEnd())
}
