import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

// Linux counts CPU time in ticks.
const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

/** The seconds of CPU time that processes and their children have used, also those that have ended. */
export function cpuSecondsOf(pids: readonly number[]): number {
  const ticks = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((stat) => stat !== undefined && (pids.includes(stat.pid) || pids.includes(stat.parent)))
    .map((stat) => stat?.ticks ?? 0)
  return ticks.reduce((sum, one) => sum + one, 0) / TICKS_PER_SECOND
}

export const parentOf = (pid: number): number => statOf(pid)?.parent ?? 0

/** Undefined for a process that has ended. */
function statOf(pid: number) {
  const text = readIfExists(`/proc/${pid}/stat`)
  // After the name, which is in parentheses and may contain anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  if (text === '') return undefined
  return { pid, parent: Number(fields[1]), ticks: fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) }
}

function readIfExists(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
