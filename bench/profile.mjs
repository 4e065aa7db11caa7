import { Session } from 'node:inspector/promises'

const SHOWN_FROM = 0.015
const EVERY_US = 100

/**
 * Where the time of a call goes, by the function of ours that is at work or has called the platform. What the platform does
 * later, when it reads a stream or goes on after a promise, has no caller.
 */
export async function profileOf(name, call, seconds) {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: EVERY_US })
  for (let index = 0; index < 500; index += 1) await call()

  await session.post('Profiler.start')
  const start = performance.now()
  let calls = 0
  for (; performance.now() < start + seconds * 1000; calls += 1) await call()
  const taken = (performance.now() - start) * 1000
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()

  const shares = sharesOf(profile)
  const rows = shares.filter(({ share }) => share >= SHOWN_FROM)
  const rest = 1 - rows.reduce((sum, { share }) => sum + share, 0)
  return { name, perCall: taken / calls, rows: [...rows, { place: 'all that takes less', share: rest }] }
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
  if (functionName.startsWith('(')) return functionName.slice(1, -1)

  for (let at = node; at !== undefined; at = callers.get(at.id)) {
    const { url, functionName: caller } = at.callFrame
    if (url.includes('/bench/')) return 'the answer out of memory'
    const [, room, file] = /\/packages\/(\w+)\/dist\/(.*)\.js$/.exec(url) ?? []
    if (room === undefined) continue
    const ours = `${room}: ${file}, ${caller || 'a function without a name'}`
    return at === node || at.callFrame.url === node.callFrame.url || !isPlatform(node) ? ours : `${ours} → the platform`
  }
  return 'the platform on its own: streams, promises, timers'
}

const isPlatform = ({ callFrame: { url } }) => url.startsWith('node:')

export function tableOfProfile({ name, perCall, rows }) {
  return [
    `### ${name}`,
    '',
    `${perCall.toFixed(1)} µs a call while it is watched, which itself takes time.`,
    '',
    '| at work | µs | share |',
    '|---|---|---|',
    ...rows.map(({ place, share }) => `| ${place} | ${(share * perCall).toFixed(1)} | ${(share * 100).toFixed(1)} % |`),
  ].join('\n')
}
