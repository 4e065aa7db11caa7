import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// Inside the package, so that the names of the published packages resolve.
const folder = join(import.meta.dirname, '..', '.tmp', `programs-${process.pid}`)
let count = 0

/** Runs TypeScript as a module of its own. Each run has a new file, because a module is executed only once. */
export async function runProgram(code: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  count += 1
  const file = join(folder, `program-${count}.ts`)
  writeFileSync(file, code)
  await import(file)
}

export const removePrograms = (): void => rmSync(folder, { recursive: true, force: true })
