// Runs tasks of scripts/tasks.mjs, on the Node of the workspace.
//   node scripts/run.mjs test [words]         the steps of `npm test`, or those whose names contain one of the words
//   node scripts/run.mjs test:deep [words]    the parts of `npm run test:deep`, likewise
//   node scripts/run.mjs <task> [arguments]   one task; the arguments go to its last command
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { others, parts, steps } from './tasks.mjs'

const LANES = 2
const tasks = { ...parts, ...others, ...steps }
const [name, ...words] = process.argv.slice(2)

switch (name) {
  case 'test':
    process.exitCode = await runAll(withPrerequisites(chosen(steps)), LANES)
    break
  case 'test:deep':
    process.exitCode = await runAll(chosen(parts), 1)
    break
  default:
    process.exitCode = await runOne()
}

function chosen(group) {
  const names = Object.keys(group).filter((one) => words.length === 0 || words.some((word) => one.includes(word)))
  if (names.length === 0) throw new Error(`nothing is called ${words.join(' or ')}: ${Object.keys(group).join(', ')}`)
  return names
}

function withPrerequisites(names) {
  const before = names.flatMap((one) => withPrerequisites(tasks[one].after ?? []))
  return [...new Set([...before, ...names])]
}

async function runOne() {
  if (!Object.hasOwn(tasks, name)) throw new Error(`there is no task ${name}: ${Object.keys(tasks).join(', ')}`)
  const before = withPrerequisites(tasks[name].after ?? [])
  if (before.length > 0 && (await runAll(before, LANES)) !== 0) return 1
  return (await start(name, words, 'inherit')).code
}

/** Runs tasks in several lanes, and prints a table at the end. */
async function runAll(names, lanes) {
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
    const isFree = alone ? running.size === 0 && waiting.size === 1 : running.size < lanes
    return isFree && after.every((other) => !waiting.has(other) && !running.has(other))
  }

  function launch(one) {
    const failed = results.find(({ name: other, code }) => code !== 0 && tasks[one].after?.includes(other))
    const isSeen = lanes === 1 || tasks[one].alone
    waiting.delete(one)
    running.set(
      one,
      failed === undefined ? runStep(one, isSeen) : { name: one, code: 1, seconds: 0, without: failed.name },
    )
  }
}

/** A step that runs beside another prints its output at its end, and only if it failed. */
async function runStep(one, isSeen) {
  const begin = performance.now()
  const { run, sizes = {} } = tasks[one]
  const settings = Object.entries(sizes).map(([key, value]) => `${key}=${process.env[key] ?? value}`)
  const header = `\n=== ${one}: ${[...settings, [run].flat().join(' && ')].join(' ')}\n`

  if (isSeen) process.stdout.write(header)
  const { code, output } = await start(one, [], isSeen ? 'inherit' : 'pipe')
  if (!isSeen) process.stdout.write(header + (code === 0 ? '' : output))
  return { name: one, code, seconds: secondsSince(begin) }
}

async function start(one, args, stdio) {
  const { run, sizes = {} } = tasks[one]
  const command = [[run].flat().join(' && '), ...args.map((arg) => JSON.stringify(arg))].join(' ')
  const child = spawn(command, { shell: true, env: { ...sizes, ...process.env }, stdio: ['inherit', stdio, stdio] })

  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text))
  const [code] = await once(child, 'close')
  return { code: code ?? 1, output }
}

function print(results, seconds) {
  console.log(`\nnode ${process.version}, ${seconds.toFixed(0)} s`)
  for (const { name: one, code, seconds: took, without } of results) {
    const reason = without === undefined ? '' : ` (${without} failed)`
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${took.toFixed(1).padStart(6)} s  ${one}${reason}`)
  }
  const failed = results.filter(({ code }) => code !== 0).length
  console.log(`${results.length - failed} passed, ${failed} failed`)
}

function secondsSince(begin) {
  return (performance.now() - begin) / 1000
}
