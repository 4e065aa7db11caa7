import { Worker } from 'node:worker_threads'
import type { Killer } from './found.ts'
import type { Mutant } from './mutant.ts'

/** Verifies mutants in threads. Calls `report` with the case that finds each mutant, or undefined. */
export async function verifyAll(
  mutants: readonly Mutant[],
  report: (id: string, killer: Killer | undefined) => void,
  threads = 2,
): Promise<void> {
  const left = [...mutants]
  const work = async (): Promise<void> => {
    let worker: Worker | undefined
    for (let mutant = left.shift(); mutant !== undefined; mutant = left.shift()) {
      worker ??= new Worker(new URL('worker.ts', import.meta.url), {
        execArgv: ['--conditions=@ai-ticket-creator/source'],
      })
      const killer = await verifyIn(worker, mutant.id)
      report(mutant.id, killer === 'timeout' ? HANGS : killer)
      if (killer !== 'timeout') continue
      await worker.terminate()
      worker = undefined
    }
    await worker?.terminate()
  }
  await Promise.all(Array.from({ length: threads }, work))
}

const HANGS = { generation: 'current', mode: 'full', case: '(it never answers)' } as const

// For defects that are endless loops. A mutant that no case finds is verified in every setting, which takes a minute on a busy machine.
const TIMEOUT_MS = 180_000

function verifyIn(worker: Worker, id: string): Promise<Killer | undefined | 'timeout'> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve('timeout'), TIMEOUT_MS)
    worker.once('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    worker.once('message', (killer: Killer | undefined) => {
      clearTimeout(timer)
      worker.removeAllListeners('error')
      resolve(killer)
    })
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(id)
  })
}
