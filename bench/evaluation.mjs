import { runInThisContext } from 'node:vm'
import { bundle } from './bundle-sizes.mjs'
import { quartiles } from './quartiles.mjs'

const LIMIT = 2
const ROUNDS = 200

// The parts of zod that a client with schemas would use.
const SCHEMAS = 'object, string, number, boolean, array, record, optional, nullable, literal, union, uuid, safeParse'

/** The time to parse and evaluate the bundle of a client, compared with that of ky and zod/mini. */
export async function tableOfEvaluation() {
  const ours = await codeOf("export { createClient } from './packages/sdk/dist/index.js'")
  const others = await codeOf(
    `export { default as ky } from 'ky'; export { ${SCHEMAS} } from './packages/domain/node_modules/zod/mini/index.js'`,
  )
  const times = Array.from({ length: ROUNDS }, (_, round) => ({
    ours: evaluate(ours, round),
    others: evaluate(others, round),
  }))
  const median = (key) => quartiles(times.map(({ [key]: time }) => time)).median
  const ratio = quartiles(times.map((time) => time.ours / time.others)).median

  return [
    '## Parsing and evaluating the bundle',
    '',
    `${median('ours').toFixed(2)} ms; ky and zod/mini ${median('others').toFixed(2)} ms. Ratio: ${ratio.toFixed(2)} (median of ${ROUNDS} rounds). Limit: ${LIMIT}, ${ratio <= LIMIT ? 'met' : 'exceeded'}.`,
  ].join('\n')
}

const codeOf = async (contents) => Buffer.from((await bundle(contents, 'iife')).code).toString()

/** Milliseconds. The comment at the end makes the code of each round new, so that the engine compiles it again. */
function evaluate(code, round) {
  const text = `${code}//${round}`
  const start = performance.now()
  runInThisContext(text)
  return performance.now() - start
}
