import { Session } from 'node:inspector/promises'

const MIN_SHARE = 0.015
const SAMPLING_INTERVAL_US = 100

/**
 * Where the time of a call is spent, by function of our packages. Time inside Node.js counts for our function that called
 * it. Work that Node.js does later, such as reading a stream or continuing after a promise, has no such caller and gets its
 * own row.
 */
export async function profileOf(name, call, seconds) {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: SAMPLING_INTERVAL_US })
  for (let index = 0; index < 500; index += 1) await call()

  await session.post('Profiler.start')
  const start = performance.now()
  let calls = 0
  while (performance.now() < start + seconds * 1000) {
    await call()
    calls += 1
  }
  const microseconds = (performance.now() - start) * 1000
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()

  const shares = sharesOf(profile)
  const rows = shares.filter(({ share }) => share >= MIN_SHARE)
  const rest = 1 - rows.reduce((sum, { share }) => sum + share, 0)
  return {
    name,
    perCall: microseconds / calls,
    rows: [...rows, { place: `functions below ${MIN_SHARE * 100} % each`, share: rest }],
  }
}

function sharesOf({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const callers = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, byId.get(id)])))
  const places = new Map()
  let total = 0
  for (const [index, id] of samples.entries()) {
    const place = placeOf(byId.get(id), callers)
    places.set(place, (places.get(place) ?? 0) + timeDeltas[index])
    total += timeDeltas[index]
  }
  return [...places]
    .map(([place, time]) => ({ place, share: time / total }))
    .toSorted((one, other) => other.share - one.share)
}

function placeOf(node, callers) {
  const { functionName } = node.callFrame
  // Such as `(garbage collector)`.
  if (functionName.startsWith('(')) return functionName.slice(1, -1)

  for (let at = node; at !== undefined; at = callers.get(at.id)) {
    const { url, functionName: caller } = at.callFrame
    if (url.includes('/bench/')) return 'the benchmark: reply from memory'
    const [, packageName, file] = /\/packages\/(\w+)\/dist\/(.*)\.js$/.exec(url) ?? []
    if (packageName === undefined) continue
    const place = `${packageName}: ${file}, ${caller || 'anonymous function'}`
    return at.callFrame.url !== node.callFrame.url && isNodeInternal(node) ? `${place} → Node.js` : place
  }
  return 'Node.js without a caller in our packages: streams, promises, timers'
}

const isNodeInternal = ({ callFrame: { url } }) => url.startsWith('node:')

export function tableOfProfile({ name, perCall, rows }) {
  return [
    `### ${name}`,
    '',
    `${perCall.toFixed(1)} µs per call with the profiler on. The profiler itself takes time.`,
    '',
    '| function | µs | share |',
    '|---|---|---|',
    ...rows.map(({ place, share }) => `| ${place} | ${(share * perCall).toFixed(1)} | ${(share * 100).toFixed(1)} % |`),
  ].join('\n')
}
