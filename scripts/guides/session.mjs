// What a guide shows of a terminal is typed again: each command of its ```console blocks runs, in order and in one folder,
// and has to print what stands below it. `…` is anything: within a line a part of it, alone any number of lines.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { wrongWorkflows } from './workflows.mjs'

/** What went wrong where: the first mistake ends it, since the others would follow from it. */
export async function wrongSession(consoles, reader) {
  const session = await begin(consoles, reader)
  try {
    for (const step of consoles.flatMap(readSteps)) {
      const says = await wrongStep(step, session)
      if (says !== undefined) return [{ line: step.line, says }]
    }
    return await wrongWorkflows(session.folder, (command, env) => type(command, withEnv(session, env)))
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

/** The ports that a guide names may be taken here: a program gets free ones, and the first where it is given none. */
async function begin(consoles, { folder, env }) {
  const ports = await freePorts(consoles)
  const [first] = ports
  return { folder, env: { ...env, ...(first && { PORT: first.free }) }, ports, running: [] }
}

const withEnv = (session, env) => ({ ...session, env: { ...session.env, ...env } })

/** A command stands behind `$ `, and goes on in the next line after a backslash; what follows is what it prints. */
function readSteps({ content, line }) {
  const steps = []
  let open = false
  for (const [at, text] of content.trimEnd().split('\n').entries()) {
    const begins = !open && text.startsWith('$ ')
    if (begins) steps.push({ line: line + at + 1, command: text.slice(2), expected: [] })
    else if (steps.length === 0) return [{ line, command: '', expected: ['a block begins with a command, behind $ '] }]
    else if (open) steps.at(-1).command += `\n${text}`
    else steps.at(-1).expected.push(text)
    open = (open || begins) && text.endsWith('\\')
  }
  return steps
}

async function wrongStep({ command, expected }, session) {
  const [, name, value] = /^export (\w+)=(\S+)$/.exec(command) ?? []
  if (name !== undefined) {
    session.env[name] = value
    return undefined
  }

  const lines = (await type(command, session)).trimEnd().split('\n')
  return matches(expected, lines) ? undefined : `“${command}” prints otherwise\n${lines.join('\n')}`
}

/** What a command prints until it ends; one that goes on behind `&`, until it has said something. */
async function type(command, { folder, env, ports, running }) {
  const staying = /^(.*) &$/.exec(command)?.[1]
  const script = toFree(staying === undefined ? command : `exec env ${staying}`, ports)
  const free = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, toFree(value, ports)]))
  const child = spawn('sh', ['-c', `exec 2>&1\n${script}`], { cwd: folder, env: free, timeout: 120_000 })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (data) => (output += data))

  if (staying === undefined) await once(child, 'close')
  else {
    running.push(child)
    await Promise.race([once(child.stdout, 'data'), once(child, 'close')])
  }
  return toNamed(output, ports)
}

async function freePorts(consoles) {
  const named = new Set(consoles.flatMap(({ content }) => [...content.matchAll(/\b401\d\b/g)].map(([port]) => port)))
  const servers = await Promise.all([...named].map(() => listen()))
  const ports = [...named].map((name, at) => ({ name, free: String(servers[at].address().port) }))
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

async function listen() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

const toFree = (text, ports) => ports.reduce((rest, { name, free }) => rest.replaceAll(name, free), text)
const toNamed = (text, ports) => ports.reduce((rest, { name, free }) => rest.replaceAll(free, name), text)

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
