import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { ServerError } from '../errors.ts'

/**
 * Takes a folder for this process. PGlite has no lock: two processes that open one folder lose rows without an error. The
 * lock of a process that was killed is free at once. Returns the function that releases the lock. `processes`: where the
 * system lists its processes; only Linux has such a folder.
 */
export function lockFolder(folder: string, processes = '/proc'): () => void {
  const lock = `${folder}.lock`
  const draft = `${lock}.${process.pid}`
  writeFileSync(draft, describe(process.pid, processes))
  try {
    while (!tryLink(draft, lock)) {
      const owner = readIfExists(lock)
      const [pid] = owner.split(' ')
      if (owner !== '' && owner === describe(Number(pid), processes)) throw inUse(folder, Number(pid))
      // Its owner has ended.
      rmSync(lock, { force: true })
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

/** A process and its start: an id alone is used again after a restart. Without a list of processes the id has to do. */
function describe(pid: number, processes: string): string {
  const boot = readIfExists(`${processes}/sys/kernel/random/boot_id`).trim()
  if (boot === '') return isAlive(pid) ? `${pid}` : 'ended'

  // The start is the 20th field after the name, which is in parentheses and may contain anything.
  const [, started] = /^[\s\S]*\) (?:\S+ ){19}(\d+)/.exec(readIfExists(`${processes}/${pid}/stat`)) ?? []
  return started === undefined ? 'ended' : `${pid} ${started} ${boot}`
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function readIfExists(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const inUse = (folder: string, pid: number): ServerError =>
  new ServerError(`${folder} is in use by process ${pid}; stop that process, or use PostgreSQL to run several servers`)
