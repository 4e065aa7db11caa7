import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ProcessIo } from '../../src/cli/process-io.ts'
import { createShutdown } from '../../src/cli/shutdown.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function aProcess() {
  const signals = new EventEmitter()
  const exits: number[] = []
  const stderr = new PassThrough()
  const io: ProcessIo = {
    env: {},
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr,
    on: (name, listener) => signals.on(name, listener),
    off: (name, listener) => signals.off(name, listener),
    exit: (code) => void exits.push(code),
  }
  return { io, exits, stderr, send: (name: 'SIGINT' | 'SIGTERM') => signals.emit(name, name), signals }
}

test('the first Ctrl-C aborts the run, the second ends the process', () => {
  const { io, exits, send } = aProcess()
  const shutdown = createShutdown(60, io)

  send('SIGINT')
  const afterFirst = [...exits]
  send('SIGINT')
  shutdown.release()

  expect(shutdown.signal.aborted).toBe(true)
  expect([shutdown.exitCode, shutdown.reason]).toEqual([130, 'ended by SIGINT'])
  expect([afterFirst, exits]).toEqual([[], [130]])
})

test('a run that does not end within 75 seconds after SIGTERM is ended, with a warning about test data', () => {
  const { io, exits, stderr, send } = aProcess()
  createShutdown(60, io)

  send('SIGTERM')
  vi.advanceTimersByTime(75_000)

  expect(exits).toEqual([143])
  expect(String(stderr.read())).toContain('test data may be left')
})

test('the time limit aborts the run too, without an exit code of a signal', () => {
  const { io, exits } = aProcess()
  const shutdown = createShutdown(60, io)

  vi.advanceTimersByTime(60_000)
  shutdown.release()
  vi.advanceTimersByTime(60_000)

  expect([shutdown.exitCode, shutdown.reason]).toEqual([undefined, 'not done within 60 s'])
  expect(exits).toEqual([])
})

test('release removes every listener and timer', () => {
  const { io, signals } = aProcess()

  createShutdown(60, io).release()

  expect(signals.eventNames()).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
})
