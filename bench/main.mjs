// Measures the time of a call with the SDK and with other clients: validation, deprecation ledger, time limits and detection
// cost time, and users who choose a client want to know how much.
//   npm run bench            builds, installs the other clients into this folder, prints, and writes docs/bench.md
// All clients run in one process with a fetch that replies from memory. Each round calls every client and divides its time by
// that of bare fetch + json in the same round, so that a temporary slowdown of the machine affects both.
import { readFileSync, writeFileSync } from 'node:fs'
import { readSize } from '../vitest.sizes.ts'
import { tableOfBundleSizes } from './bundle-sizes.mjs'
import { CASES } from './cases.mjs'
import { createClients, EVERYTHING_ON } from './clients.mjs'
import { tableOfEvaluation } from './evaluation.mjs'
import { compareNamesWithIds } from './names.mjs'
import { profileOf, tableOfProfile } from './profile.mjs'
import { quartiles } from './quartiles.mjs'
import { tableOfTypes } from './types.mjs'

const FILE = new URL('../docs/bench.md', import.meta.url)
const SECONDS = readSize('BENCH_SECONDS', 40)

const measured = []
for (const benchmark of CASES) measured.push(await measure(benchmark))
const names = await compareNamesWithIds(SECONDS * 2.5)
const profiles = []
for (const benchmark of CASES)
  profiles.push(await profileOf(benchmark.name, await callWithEverythingOn(benchmark), SECONDS / 8))

const tables = [
  ...measured.map(tableOf),
  tableOfNames(names),
  '## Where the time is spent, everything on',
  ...profiles.map(tableOfProfile),
  await tableOfBundleSizes(),
  await tableOfEvaluation(),
  tableOfTypes(),
].join('\n\n')
console.log(tables)
write(tables)

async function measure(benchmark) {
  const { name, calls } = benchmark
  const clients = await createClients(benchmark)
  const ratios = new Map(clients.map((client) => [client.name, []]))
  for (const client of clients) await timeOf(client, calls * 100)

  const [baseline] = clients
  const baselineTimes = []
  const end = performance.now() + SECONDS * 1000
  while (performance.now() < end) {
    const times = new Map()
    // In random order, so that no client always runs after the same other client, whose garbage may still be collected.
    for (const client of shuffled(clients)) times.set(client.name, await timeOf(client, calls))
    baselineTimes.push(times.get(baseline.name))
    for (const [client, time] of times) ratios.get(client).push(time / times.get(baseline.name))
  }
  const rows = clients.map((client) => ({ client, ...quartiles(ratios.get(client.name)) }))
  return { name, rows, baselineTime: quartiles(baselineTimes).median, rounds: baselineTimes.length }
}

function shuffled(clients) {
  const keyed = clients.map((client) => ({ client, key: Math.random() }))
  return keyed.toSorted((one, other) => one.key - other.key).map(({ client }) => client)
}

async function callWithEverythingOn(benchmark) {
  const clients = await createClients(benchmark)
  return clients.find(({ name }) => name === EVERYTHING_ON).call
}

/** Microseconds for one call. Few calls at a time, so that most measurements end before another process gets the core. */
async function timeOf({ call }, calls) {
  const start = performance.now()
  for (let index = 0; index < calls; index += 1) await call()
  return ((performance.now() - start) * 1000) / calls
}

function tableOf({ name, rows, baselineTime, rounds }) {
  const ratioOf = (wanted) => rows.find(({ client }) => client.name === wanted)?.median ?? Number.NaN
  const lines = rows.map(({ client, low, median, high }) => {
    const limit = client.limit?.(ratioOf)
    const verdict = limit === undefined ? '' : `${limit.toFixed(2)}, ${median <= limit ? 'met' : 'exceeded'}`
    return `| ${client.name} | ${median.toFixed(2)} | ${low.toFixed(2)} – ${high.toFixed(2)} | ${verdict} |`
  })
  return [
    `## ${name}`,
    '',
    `A ratio of 1.00 is ${baselineTime.toFixed(1)} µs. ${rounds} rounds.`,
    '',
    '| client | ratio (median) | middle half of the rounds | limit |',
    '|---|---|---|---|',
    ...lines,
  ].join('\n')
}

function tableOfNames({ ratio, low, median, high, reads, rounds }) {
  return [
    '## 1 000 tickets created by 10 names',
    '',
    `Creating them takes ${ratio.toFixed(3)} times as long as by id (sum of ${rounds} rounds, reference API in the same process) and`,
    `needs ${reads} more reads. Limit: 1.05, ${ratio <= 1.05 ? 'met' : 'exceeded'}. Median of the rounds: ${median.toFixed(3)}, middle half ${low.toFixed(3)} – ${high.toFixed(3)}.`,
  ].join('\n')
}

function write(tables) {
  const text = readFileSync(FILE, 'utf8')
  const [start, end] = ['<!-- made by npm run bench -->', '<!-- to here -->']
  const from = text.indexOf(start) + start.length
  writeFileSync(FILE, `${text.slice(0, from)}\n\n${versions()}\n\n${tables}\n\n${text.slice(text.indexOf(end))}`)
}

function versions() {
  const { devDependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
  const clients = Object.entries(devDependencies).map(([name, version]) => `${name} ${version}`)
  return `Node ${process.versions.node}, ${clients.join(', ')}.`
}
