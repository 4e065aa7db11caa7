// Verifies the mutants whose ids it receives. A thread, because an endless loop can only be ended with its thread.
import { parentPort } from 'node:worker_threads'
import { createApp } from '@ai-ticket-creator/reference-api'
import { mutants } from './index.ts'
import { failedCases, SETTINGS, type Setting } from './verify.ts'

parentPort?.on('message', (id: string) => void answer(id))

async function answer(id: string): Promise<void> {
  const killer = await killerOf(id)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(killer)
}

async function killerOf(id: string) {
  const mutant = mutants.find((one) => one.id === id)
  if (mutant === undefined) throw new Error(`there is no mutant ${id}`)
  for (const setting of SETTINGS) {
    const sound = await failedCasesOfSoundApp(setting)
    const killer = (await failedCases(mutant.create, setting)).find((failed) => !sound.includes(failed))
    if (killer !== undefined) return { ...setting, case: killer }
  }
  return undefined
}

const soundApps = new Map<Setting, Promise<readonly string[]>>()

/** A case that also fails on the sound app does not find a mutant. */
function failedCasesOfSoundApp(setting: Setting): Promise<readonly string[]> {
  const failed = soundApps.get(setting) ?? failedCases((options) => createApp(options).fetch, setting)
  soundApps.set(setting, failed)
  return failed
}
