// Selects a random sample of the mutants, because all of them would take hours and Stryker has no option for a sample.
// A checker can reject a mutant as one that does not compile, and Stryker leaves such mutants out of the score.
import { createHash } from 'node:crypto'
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin'

const share = Number(process.env.MUTATION_SHARE ?? 1)
const seed = process.env.MUTATION_SEED ?? ''
const passed = { status: 'passed' }
const notSampled = { status: 'compileError', reason: 'not in the sample' }

class Sample {
  async init() {}

  async group(mutants) {
    return [mutants.map(({ id }) => id)]
  }

  async check(mutants) {
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, sampleValueOf(mutant) < share ? passed : notSampled]))
  }
}

/**
 * A number from 0 to 1 that depends on the place and the text of the mutant. Its id is not used, because every edit of the
 * sources changes the ids.
 */
export function sampleValueOf({ fileName, location, replacement }) {
  const path = fileName.slice(fileName.lastIndexOf('packages/'))
  const text = JSON.stringify([seed, path, location, replacement])
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'sample', Sample)]
