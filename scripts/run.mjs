// Runs tasks of scripts/tasks.mjs, on the Node of the workspace.
//   node scripts/run.mjs test [parts of names]         the steps of `npm test`, or those whose names contain one of the arguments
//   node scripts/run.mjs test:deep [parts of names]    the same for the parts of `npm run test:deep`
//   node scripts/run.mjs <task> [arguments]            one task; the arguments go to its last command
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { otherTasks, parts, steps } from './tasks.mjs'

const PARALLEL_TASKS = 2
const tasks = { ...parts, ...otherTasks, ...steps }
const [name, ...args] = process.argv.slice(2)

switch (name) {
  case 'test':
    process.exitCode = await runAll(withPrerequisites(selectedFrom(steps)), PARALLEL_TASKS)
    break
  case 'test:deep':
    process.exitCode = await runAll(selectedFrom(parts), 1)
    break
  default:
    process.exitCode = await runOne()
}

function selectedFrom(group) {
  const names = Object.keys(group).filter((one) => args.length === 0 || args.some((part) => one.includes(part)))
  if (names.length === 0)
    throw new Error(
      `no part has a name that contains ${args.join(' or ')}; the parts are ${Object.keys(group).join(', ')}`,
    )
  return names
}

function withPrerequisites(names) {
  const before = names.flatMap((one) => withPrerequisites(tasks[one].after ?? []))
  return [...new Set([...before, ...names])]
}

async function runOne() {
  if (!Object.hasOwn(tasks, name)) throw new Error(`there is no task ${name}: ${Object.keys(tasks).join(', ')}`)
  const before = withPrerequisites(tasks[name].after ?? [])
  if (before.length > 0 && (await runAll(before, PARALLEL_TASKS)) !== 0) return 1
  return (await start(name, args, 'inherit')).code
}

/** Runs tasks, at most `limit` of them at a time, and those that run alone last. Prints a table at the end. */
async function runAll(names, limit) {
  const begin = performance.now()
  const waiting = new Set(names)
  const running = new Map()
  const results = []

  while (waiting.size + running.size > 0) {
    for (const one of waiting) if (isReady(one)) launch(one)
    const result = await Promise.race(running.values())
    running.delete(result.name)
    results.push(result)
  }

  print(results, secondsSince(begin))
  return results.every(({ code }) => code === 0) ? 0 : 1

  function isReady(one) {
    const { after = [], alone = false } = tasks[one]
    const isFree = alone
      ? running.size === 0 && [...waiting].every((other) => tasks[other].alone)
      : running.size < limit
    return isFree && after.every((other) => !waiting.has(other) && !running.has(other))
  }

  function launch(one) {
    const failed = results.find(({ name: other, code }) => code !== 0 && tasks[one].after?.includes(other))
    const isStreamed = limit === 1 || tasks[one].alone
    waiting.delete(one)
    running.set(
      one,
      failed === undefined
        ? runStep(one, isStreamed)
        : { name: one, code: 1, seconds: 0, failedPrerequisite: failed.name },
    )
  }
}

/** Runs a step. If other steps may run at the same time, the output is printed at the end, and only if the step failed. */
async function runStep(one, isStreamed) {
  const begin = performance.now()
  const { run, defaults = {} } = tasks[one]
  const settings = Object.entries(defaults).map(([key, value]) => `${key}=${process.env[key] ?? value}`)
  const header = `\n=== ${one}: ${[...settings, [run].flat().join(' && ')].join(' ')}\n`

  if (isStreamed) process.stdout.write(header)
  const { code, output } = await start(one, [], isStreamed ? 'inherit' : 'pipe')
  if (!isStreamed) process.stdout.write(header + (code === 0 ? '' : output))
  return { name: one, code, seconds: secondsSince(begin) }
}

async function start(one, extraArgs, stdio) {
  const { run, defaults = {} } = tasks[one]
  const command = [[run].flat().join(' && '), ...extraArgs.map((arg) => JSON.stringify(arg))].join(' ')
  const child = spawn(command, { shell: true, env: { ...defaults, ...process.env }, stdio: ['inherit', stdio, stdio] })

  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text))
  const [code] = await once(child, 'close')
  return { code: code ?? 1, output }
}

function print(results, seconds) {
  console.log(`\nnode ${process.version}, ${seconds.toFixed(0)} s`)
  for (const { name: one, code, seconds: taken, failedPrerequisite } of results) {
    const reason = failedPrerequisite === undefined ? '' : ` (${failedPrerequisite} failed)`
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${taken.toFixed(1).padStart(6)} s  ${one}${reason}`)
  }
  const failed = results.filter(({ code }) => code !== 0).length
  console.log(`${results.length - failed} passed, ${failed} failed`)
}

function secondsSince(begin) {
  return (performance.now() - begin) / 1000
}
