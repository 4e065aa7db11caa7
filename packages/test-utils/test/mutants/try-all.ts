import { Worker } from 'node:worker_threads'
import type { Killer } from './found.ts'
import type { Mutant } from './mutant.ts'

/** Tries mutants, several at once; tells of each what found it, or that nothing did. */
export async function tryAll(
  wanted: readonly Mutant[],
  tell: (id: string, killer: Killer | undefined) => void,
  threads = 2,
): Promise<void> {
  const left = [...wanted]
  const work = async (): Promise<void> => {
    let worker: Worker | undefined
    for (let mutant = left.shift(); mutant !== undefined; mutant = left.shift()) {
      worker ??= new Worker(new URL('worker.ts', import.meta.url), {
        execArgv: ['--conditions=@ai-ticket-creator/source'],
      })
      const killer = await ask(worker, mutant.id)
      tell(mutant.id, killer === 'no answer' ? HUNG : killer)
      if (killer !== 'no answer') continue
      await worker.terminate()
      worker = undefined
    }
    await worker?.terminate()
  }
  await Promise.all(Array.from({ length: threads }, work))
}

const HUNG = { generation: 'current', mode: 'full', case: '(it never answers)' } as const

const PATIENCE = 60_000

function ask(worker: Worker, id: string): Promise<Killer | undefined | 'no answer'> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve('no answer'), PATIENCE)
    worker.once('error', reject)
    worker.once('message', (killer: Killer | undefined) => {
      clearTimeout(timer)
      worker.removeAllListeners('error')
      resolve(killer)
    })
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
    worker.postMessage(id)
  })
}
