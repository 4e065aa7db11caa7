import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { Generation } from '@ai-ticket-creator/domain'
import { listen, token } from './backends.ts'

export const PROGRAMS = ['before.ts', 'after.ts'] as const

/** The generations that each program must support. The table in its guide shows the result for all three. */
export const SUPPORTED_GENERATIONS = {
  'before.ts': ['legacy', 'transitional'],
  'after.ts': ['transitional', 'current'],
} as const

/** Runs a program of a guide as a service would run: the URL of the backend and the token are environment variables. */
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
      // All programs compile the same sources of the SDK. Without a cache, that takes most of the time.
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
