// Why this exists: what the SDK does for a call (validation, ledger, limits, detection) costs time, and whoever chooses a
// client wants to know how much beside the others.
//   npm run bench            builds, installs the peers into this folder, prints, and writes docs/bench.md
// One process, round-robin, an in-memory fetch. Each round takes every client in turn and divides by bare fetch + json of
// the same round, so that a slow moment of the machine strikes both sides of the fraction.
import { readFileSync, writeFileSync } from 'node:fs'
import { CASES } from './cases.mjs'
import { contenders } from './contenders.mjs'
import { namesBesideIds } from './names.mjs'
import { profileOf, tableOfProfile } from './profile.mjs'
import { quartiles } from './quartiles.mjs'
import { tableOfWeights } from './weights.mjs'

const FILE = new URL('../docs/bench.md', import.meta.url)
const SECONDS = Number(process.env.BENCH_SECONDS ?? 40)

const measured = []
for (const one of CASES) measured.push(await measure(one))
const names = await namesBesideIds(SECONDS * 2.5)
const profiles = []
for (const one of CASES) profiles.push(await profileOf(one.name, await callOfOurs(one), SECONDS / 8))

const tables = [
  ...measured.map(tableOf),
  tableOfNames(names),
  '## Where the time goes, everything on',
  ...profiles.map(tableOfProfile),
  await tableOfWeights(),
].join('\n\n')
console.log(tables)
write(tables)

async function measure(one) {
  const { name, calls } = one
  const clients = await contenders(one)
  const ratios = new Map(clients.map((client) => [client.name, []]))
  for (const client of clients) await timeOf(client, calls * 100)

  const [floor] = clients
  const times = []
  const end = performance.now() + SECONDS * 1000
  while (performance.now() < end) {
    const taken = new Map()
    // Shuffled, so that none always pays for what the same neighbour leaves to the garbage collector.
    for (const client of shuffled(clients)) taken.set(client.name, await timeOf(client, calls))
    times.push(taken.get(floor.name))
    for (const [client, time] of taken) ratios.get(client).push(time / taken.get(floor.name))
  }
  const rows = clients.map((client) => ({ client, ...quartiles(ratios.get(client.name)) }))
  return { name, rows, floor: quartiles(times).median, rounds: times.length }
}

function shuffled(clients) {
  const placed = clients.map((client) => ({ client, place: Math.random() }))
  return placed.toSorted((one, other) => one.place - other.place).map(({ client }) => client)
}

async function callOfOurs(one) {
  const clients = await contenders(one)
  return clients.find(({ name }) => name === 'ours, everything on').call
}

/** Microseconds for one call. Few calls at a time: most turns are then over before another process takes the core. */
async function timeOf({ call }, calls) {
  const start = performance.now()
  for (let index = 0; index < calls; index += 1) await call()
  return ((performance.now() - start) * 1000) / calls
}

function tableOf({ name, rows, floor, rounds }) {
  const medianOf = (wanted) => rows.find(({ client }) => client.name === wanted)?.median ?? Number.NaN
  const lines = rows.map(({ client, low, median, high }) => {
    const bar = client.bar?.(medianOf)
    const verdict = bar === undefined ? '' : `${bar.toFixed(2)}, ${median <= bar ? 'kept' : 'missed'}`
    return `| ${client.name} | ${median.toFixed(2)} | ${low.toFixed(2)} – ${high.toFixed(2)} | ${verdict} |`
  })
  return [
    `## ${name}`,
    '',
    `1.00 is ${floor.toFixed(1)} µs; ${rounds} rounds.`,
    '',
    '| client | ratio | middle half of the rounds | bar |',
    '|---|---|---|---|',
    ...lines,
  ].join('\n')
}

function tableOfNames({ ratio, low, median, high, reads, rounds }) {
  return [
    '## 1 000 tickets created by 10 names',
    '',
    `Beside the same by id, against the reference API in this process: ${ratio.toFixed(3)} in the sum of ${rounds} rounds, with`,
    `${reads} more reads. Bar: 1.05, ${ratio <= 1.05 ? 'kept' : 'missed'}. A round alone: ${median.toFixed(3)}, middle half ${low.toFixed(3)} – ${high.toFixed(3)}.`,
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
  const peers = Object.entries(devDependencies).map(([name, version]) => `${name} ${version}`)
  return `Node ${process.versions.node}, ${peers.join(', ')}.`
}
