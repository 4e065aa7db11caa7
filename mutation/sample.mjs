// All mutants take over an hour, and Stryker draws no samples. But a checker may refuse a mutant before it is tried, as one
// that does not compile, and Stryker leaves such mutants out of the score.
import { createHash } from 'node:crypto'
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin'

const share = Number(process.env.MUTATION_SHARE ?? 1)
const seed = process.env.MUTATION_SEED ?? ''
const passed = { status: 'passed' }
const left = { status: 'compileError', reason: 'not in the sample' }

class Sample {
  async init() {}

  async group(mutants) {
    return [mutants.map(({ id }) => id)]
  }

  async check(mutants) {
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, drawn(mutant) < share ? passed : left]))
  }
}

/** From 0 to 1, and always the same for a mutant: its number changes with every edit, its place and its text rarely do. */
export function drawn({ fileName, location, replacement }) {
  const place = fileName.slice(fileName.lastIndexOf('packages/'))
  const text = JSON.stringify([seed, place, location, replacement])
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'sample', Sample)]
