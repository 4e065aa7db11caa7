import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { Generation } from '@ai-ticket-creator/domain'
import { listen, token } from './backends.ts'

export const PROGRAMS = ['before.ts', 'after.ts'] as const

/** The generations in which each program must run; its guide says what happens in the third one. */
export const PROMISED = { 'before.ts': ['legacy', 'transitional'], 'after.ts': ['transitional', 'current'] } as const

/** Runs a program of a guide as a service is run: the environment says where the backend is. */
export async function runProgram(file: string, generation: Generation) {
  const backend = await listen(generation)
  const isTest = readFileSync(file, 'utf8').includes("'node:test'")
  const flags = ['--conditions=@ai-ticket-creator/source', ...(isTest ? ['--test', '--test-reporter=tap'] : [])]

  const program = spawn(process.execPath, [...flags, file], {
    env: {
      PATH: process.env['PATH'],
      BASE_URL: backend.baseUrl,
      TOKEN: token,
      // What the service knows of its backend. The old program takes a transitional backend for a legacy one.
      GENERATION: generation === 'transitional' ? (basename(file) === 'before.ts' ? 'legacy' : 'current') : generation,
      API_GENERATION: generation,
      // Most of the time is spent on reading the sources of the SDK, the same ones each time.
      NODE_COMPILE_CACHE: resolve('.tmp/compile-cache'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (data) => (output += data))
  const [code] = await once(program, 'close')

  backend.close()
  return {
    succeeded: code === 0,
    output,
    /** It sent requests, or it passed tests that bring their own backend. */
    didSomething: backend.countRequests() > 0 || /^# pass [1-9]/m.test(output),
  }
}
