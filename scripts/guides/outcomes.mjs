// The table at the end of a guide: what becomes of a program or a request in each generation. Cells are tried.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { GENERATIONS } from '@ai-ticket-creator/domain'
import { filled, listen } from './backends.mjs'

// Where each program has to succeed; in the third generation its guide says what becomes of it. And what a service tells
// its client that the backend understands: of a transitional one the old program says legacy, the new one current.
const programs = {
  'before.ts': {
    promised: ['legacy', 'transitional'],
    setting: { legacy: 'legacy', transitional: 'legacy', current: 'current' },
  },
  'after.ts': {
    promised: ['transitional', 'current'],
    setting: { legacy: 'legacy', transitional: 'current', current: 'current' },
  },
}

export const PROGRAMS = Object.keys(programs)

export function missingOutcomes({ outcomes, requests }) {
  const cellOf = (name, generation) => outcomes.find((one) => one.name === name)?.cells[generation].text
  const unpromised = Object.entries(programs).flatMap(([program, { promised }]) =>
    promised
      .filter((generation) => cellOf(program, generation) !== 'runs')
      .map((generation) => ({ says: `README.md does not say that ${program} runs in ${generation}` })),
  )
  const untold = requests.filter((request) => !outcomes.some(({ name }) => name === request.name))
  const strange = outcomes.filter(({ name }) => !isProgram(name) && !requests.some((request) => request.name === name))
  return [
    ...unpromised,
    ...untold.map(({ line, name }) => ({ line, says: `no row tells what becomes of “${name}”` })),
    ...strange.map(({ line, name }) => ({ line, says: `“${name}” is neither a program nor a request of this guide` })),
  ]
}

const isProgram = (name) => Object.hasOwn(programs, name)

export async function wrongOutcomes({ folder, outcomes, requests }) {
  const wrong = []
  for (const { line, name, cells } of outcomes) {
    const request = requests.find((one) => one.name === name)
    for (const generation of GENERATIONS) {
      const found = isProgram(name)
        ? await wrongRun(join(folder, name), generation, cells[generation])
        : request && (await wrongReply(request, generation, cells[generation]))
      if (found !== undefined) wrong.push({ line, says: `${name}, ${generation}: ${found}` })
    }
  }
  return wrong
}

const UNTRIED = 'can not be checked'

/** A cell about a program: `runs`; or `fails` and a word of what it says then. */
async function wrongRun(file, generation, { text, codes }) {
  const [claim] = text.split(',')
  if (claim !== 'runs' && (claim !== 'fails' || codes.length === 0)) return `“${text}” ${UNTRIED}`

  const { ok, asked, output } = await run(file, generation)
  if (claim === 'fails' && (ok || !codes.every((code) => output.includes(code))))
    return `expected to fail with ${codes}\n${output}`
  if (claim === 'runs' && !ok) return `failed\n${output}`
  return claim === 'runs' && !asked ? 'asked the backend nothing and tested nothing, so it shows nothing' : undefined
}

/** Runs a program as a service is run: where the backend is comes from the environment. */
async function run(file, generation) {
  const backend = await listen(generation)
  const isSuite = readFileSync(file, 'utf8').includes("'node:test'")
  const flags = ['--conditions=@ai-ticket-creator/source', ...(isSuite ? ['--test', '--test-reporter=tap'] : [])]

  const program = spawn('node', [...flags, file], {
    env: {
      ...process.env,
      ...backend.env,
      GENERATION: programs[basename(file)].setting[generation],
      API_GENERATION: generation,
      // Most of a run is reading the sources of the SDK, the same ones each time.
      NODE_COMPILE_CACHE: resolve('.tmp/compile-cache'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  })
  let output = ''
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (data) => (output += data))
  const [code] = await once(program, 'close')

  backend.close()
  return { ok: code === 0, asked: backend.wasAsked() || /^# pass [1-9]/m.test(output), output }
}

/** A cell about a request: the status, then codes, `Header: value` and `field: value` of the reply. */
async function wrongReply({ method, url, headers, body }, generation, { text, codes, prose }) {
  const status = /^\d{3}/.exec(text)?.[0]
  if (status === undefined || /[^\s,\d]/.test(prose)) return `“${text}” ${UNTRIED}`

  const app = await filled(generation)
  const response = await app.fetch(new Request(url, { method, headers, body }))
  const reply = await response.json().catch(() => undefined)

  const missing = codes.filter((code) => !shows(code, response.headers, reply))
  if (Number(status) === response.status && missing.length === 0) return undefined
  const seen = `${response.status} ${JSON.stringify(Object.fromEntries(response.headers))} ${JSON.stringify(reply)}`
  return `the reply does not show ${[status, ...missing].join(', ')}\n${seen}`
}

function shows(code, headers, reply) {
  const [name, ...rest] = code.split(': ')
  const value = rest.join(': ')
  if (value === '') return [reply, ...[reply?.detail].flat()].some((problem) => problem?.code === name)
  if (/^[A-Z]/.test(name)) return headers.get(name) === value
  return JSON.stringify(name.split('.').reduce((inside, key) => inside?.[key], reply)) === value
}
