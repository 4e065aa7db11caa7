import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { ServerError } from '../errors.ts'
import { isListening, listenOn } from './lock-socket.ts'

/** The process that has a folder, as its lock describes it. */
interface Owner {
  readonly pid: number
  /** When the process started: a later process can have the same id. Empty where the system lists no processes. */
  readonly started: string
  /** Identifies the boot of the machine. */
  readonly boot: string
  /** The container, more exactly the namespace of process ids: elsewhere an id means another process. */
  readonly namespace: string
  /** Random, so that each owner has a socket of its own. */
  readonly name: string
}

/**
 * Takes a folder for this process. PGlite has no lock: two processes that open one folder lose rows without an error. The
 * lock of a process that was killed is free at once. Returns the function that releases the lock. `processes`: where the
 * system lists its processes; only Linux has such a folder.
 */
export async function lockFolder(folder: string, processes = '/proc'): Promise<() => void> {
  const lock = `${folder}.lock`
  const self = describeSelf(processes)
  const draft = `${lock}.${self.name}`
  writeFileSync(draft, JSON.stringify(self))
  const stopListening = await listenOn(socketOf(lock, self))
  try {
    for (let text = ''; !tryLink(draft, lock); removeLock(lock, text)) {
      text = read(lock)
      const owner = parseOwner(text)
      if (owner !== undefined && (await isRunning(owner, self, lock, processes))) throw inUse(folder, owner, self)
    }
  } catch (error) {
    stopListening()
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return () => {
    rmSync(lock, { force: true })
    stopListening()
  }
}

/** `link` fails when the file exists, in one step: of several processes one succeeds. */
function tryLink(draft: string, lock: string): boolean {
  try {
    linkSync(draft, lock)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Removes the lock of a process that has ended. A lock that another process has taken meanwhile is put back. */
function removeLock(lock: string, text: string): void {
  const old = `${lock}.${randomUUID().slice(0, 8)}`
  try {
    renameSync(lock, old)
  } catch {
    // Another process has removed it.
    return
  }
  const isOld = read(old) === text
  if (!isOld) tryLink(old, lock)
  rmSync(old, { force: true })
  if (!isOld) return
  const owner = parseOwner(text)
  if (owner !== undefined) rmSync(socketOf(lock, owner), { force: true })
}

/** A process of another container cannot be looked up here, but its socket accepts connections as long as it runs. */
async function isRunning(owner: Owner, self: Owner, lock: string, processes: string): Promise<boolean> {
  if (owner.boot !== self.boot) return false
  if (owner.namespace !== self.namespace) return isListening(socketOf(lock, owner))
  return self.boot === '' ? isAlive(owner.pid) : startOf(owner.pid, processes) === owner.started
}

const describeSelf = (processes: string): Owner => ({
  pid: process.pid,
  started: startOf(process.pid, processes) ?? '',
  boot: read(`${processes}/sys/kernel/random/boot_id`).trim(),
  namespace: readLink(`${processes}/self/ns/pid`),
  // Short, because the path of a socket has at most 107 characters.
  name: randomUUID().slice(0, 8),
})

/** The start is the 20th field after the name, which is in parentheses and may contain anything. */
const startOf = (pid: number, processes: string): string | undefined =>
  /^[\s\S]*\) (?:\S+ ){19}(\d+)/.exec(read(`${processes}/${pid}/stat`))?.[1]

const socketOf = (lock: string, { name }: Owner): string => `${lock}.${name}.socket`

/** The owner in the text of a lock; undefined for a file that was written only in part, or by hand. */
function parseOwner(text: string): Owner | undefined {
  try {
    return JSON.parse(text) as Owner
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** The text of a file; empty when the file does not exist. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function readLink(file: string): string {
  try {
    return readlinkSync(file)
  } catch {
    return ''
  }
}

function inUse(folder: string, owner: Owner, self: Owner): ServerError {
  const where =
    owner.namespace === self.namespace ? '' : ` of another container (if it has ended, remove ${folder}.lock)`
  return new ServerError(
    `${folder} is in use by process ${owner.pid}${where}; stop that process, or use PostgreSQL to run several servers`,
  )
}
