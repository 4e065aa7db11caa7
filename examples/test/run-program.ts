import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { Generation } from '@ai-ticket-creator/domain'
import { listen, token } from './backends.ts'

export const PROGRAMS = ['before.ts', 'after.ts'] as const

/** The generations in which each program must run. The table of its guide shows the result in the third one. */
export const SUPPORTED_GENERATIONS = {
  'before.ts': ['legacy', 'transitional'],
  'after.ts': ['transitional', 'current'],
} as const

/** Runs a program of a guide like a service: environment variables contain the address of the backend and the token. */
export async function runProgram(file: string, generation: Generation) {
  const backend = await listen(generation)
  const isTest = readFileSync(file, 'utf8').includes("'node:test'")
  const flags = ['--conditions=@ai-ticket-creator/source', ...(isTest ? ['--test', '--test-reporter=tap'] : [])]

  const program = spawn(process.execPath, [...flags, file], {
    env: {
      PATH: process.env['PATH'],
      BASE_URL: backend.baseUrl,
      TOKEN: token,
      // The old program is configured for legacy while the backend is transitional, the new program for current.
      GENERATION: generation === 'transitional' ? (basename(file) === 'before.ts' ? 'legacy' : 'current') : generation,
      API_GENERATION: generation,
      // Each program compiles the same sources of the SDK, which takes most of the time without a cache.
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
    /** Whether it sent requests, or passed tests that start their own backend. */
    usedBackend: backend.countRequests() > 0 || /^# pass [1-9]/m.test(output),
  }
}
