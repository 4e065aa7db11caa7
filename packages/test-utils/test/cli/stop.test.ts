import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ProcessIo } from '../../src/cli/process-io.ts'
import { createStop } from '../../src/cli/shutdown.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function aTerminal() {
  const signals = new EventEmitter()
  const exits: number[] = []
  const stderr = new PassThrough()
  const terminal: ProcessIo = {
    env: {},
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr,
    on: (name, listener) => signals.on(name, listener),
    off: (name, listener) => signals.off(name, listener),
    exit: (code) => void exits.push(code),
  }
  return { terminal, exits, stderr, send: (name: 'SIGINT' | 'SIGTERM') => signals.emit(name, name), signals }
}

test('the first Ctrl-C asks the run to end, the second ends the process', () => {
  const { terminal, exits, send } = aTerminal()
  const stop = createStop(60, terminal)

  send('SIGINT')
  const afterOne = [...exits]
  send('SIGINT')
  stop.release()

  expect(stop.signal.aborted).toBe(true)
  expect([stop.exitCode, stop.reason]).toEqual([130, 'ended by SIGINT'])
  expect([afterOne, exits]).toEqual([[], [130]])
})

test('a run that does not end within its grace is left, and that is said', () => {
  const { terminal, exits, stderr, send } = aTerminal()
  createStop(60, terminal)

  send('SIGTERM')
  vi.advanceTimersByTime(30_000)

  expect(exits).toEqual([143])
  expect(String(stderr.read())).toContain('rows of its own may be left')
})

test('the time limit asks as well, and is no signal', () => {
  const { terminal, exits } = aTerminal()
  const stop = createStop(60, terminal)

  vi.advanceTimersByTime(60_000)
  stop.release()
  vi.advanceTimersByTime(60_000)

  expect([stop.exitCode, stop.reason]).toEqual([undefined, 'not done within 60 s'])
  expect(exits).toEqual([])
})

test('a run that ended leaves no listener and no timer', () => {
  const { terminal, signals } = aTerminal()

  createStop(60, terminal).release()

  expect(signals.eventNames()).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
})
