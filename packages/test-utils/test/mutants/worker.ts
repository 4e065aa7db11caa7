// Tries one mutant after the other, each on request: a defect may be a loop without end, and then this thread is ended.
import { parentPort } from 'node:worker_threads'
import { createApp } from '@ai-ticket-creator/reference-api'
import { mutants } from './index.ts'
import { casesBrokenBy, LOOKS, type Look } from './verify.ts'

parentPort?.on('message', (id: string) => void answer(id))

async function answer(id: string): Promise<void> {
  const killer = await killerOf(id)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
  parentPort?.postMessage(killer)
}

async function killerOf(id: string) {
  const mutant = mutants.find((one) => one.id === id)
  if (mutant === undefined) throw new Error(`there is no mutant ${id}`)
  for (const look of LOOKS) {
    const sound = await brokenAnyway(look)
    const killer = (await casesBrokenBy(mutant.open, look)).find((broken) => !sound.includes(broken))
    if (killer !== undefined) return { ...look, case: killer }
  }
  return undefined
}

const anyway = new Map<Look, Promise<readonly string[]>>()

/** A case that the sound app breaks as well finds no defect. */
function brokenAnyway(look: Look): Promise<readonly string[]> {
  const known = anyway.get(look) ?? casesBrokenBy((options) => createApp(options).fetch, look)
  anyway.set(look, known)
  return known
}
