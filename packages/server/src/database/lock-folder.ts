import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { ServerError } from '../errors.ts'

/**
 * Takes a folder for this process. PGlite has no lock: two processes that open one folder lose rows without an error. The
 * lock of a process that was killed is free at once. Returns the function that releases the lock.
 */
export function lockFolder(folder: string): () => void {
  const lock = `${folder}.lock`
  const mine = describe(process.pid)
  const draft = `${lock}.${process.pid}`
  writeFileSync(draft, mine)
  try {
    if (!tryLink(draft, lock)) {
      const owner = readOwner(lock)
      if (owner !== undefined && describe(owner.pid) === owner.text) throw inUse(folder, owner.pid)
      // Its owner has ended.
      rmSync(lock, { force: true })
      if (!tryLink(draft, lock)) throw inUse(folder, readOwner(lock)?.pid)
    }
  } finally {
    rmSync(draft, { force: true })
  }
  return () => rmSync(lock, { force: true })
}

/** `link` fails when the file exists, in one step: of several processes one succeeds. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function readOwner(lock: string): { readonly pid: number; readonly text: string } | undefined {
  const text = readIfExists(lock)
  const pid = Number(text?.split(' ')[0])
  return text !== undefined && Number.isSafeInteger(pid) ? { pid, text } : undefined
}

/** A process and when it started: an id alone is used again after a restart. Elsewhere than on Linux only the id counts. */
function describe(pid: number): string {
  const boot = readIfExists('/proc/sys/kernel/random/boot_id')?.trim()
  if (boot === undefined) return isAlive(pid) ? `${pid}` : 'ended'

  // The start time is the 20th field after the name, which is in parentheses.
  const started = readIfExists(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ')[19]
  return started === undefined ? 'ended' : `${pid} ${started} ${boot}`
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function readIfExists(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

const inUse = (folder: string, pid: number | undefined): ServerError =>
  new ServerError(
    `${folder} is in use by process ${pid ?? 'unknown'}; stop that process, or use PostgreSQL to run several servers`,
  )
