// Why this exists: a measurement takes minutes, and whoever wants to write the missing test need not wait for its end.
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin'

class Unnoticed {
  tried = 0
  noticed = 0

  onMutantTested(mutant) {
    const noticed = mutant.status === 'Killed' || mutant.status === 'Timeout'
    const unnoticed = mutant.status === 'Survived' || mutant.status === 'NoCoverage'
    if (!noticed && !unnoticed) return
    this.tried += 1
    this.noticed += noticed ? 1 : 0
    if (unnoticed) tell(mutant)
    if (this.tried % 50 === 0) console.log(`${this.tried} tried, ${this.noticed} noticed`)
  }
}

function tell({ status, fileName, location, mutatorName, replacement }) {
  const { line, column } = location.start
  const was = readFileSync(fileName, 'utf8').split('\n')[line - 1].trim()
  const now = replacement.replace(/\s+/g, ' ').slice(0, 100)
  console.log(`${status} ${relative('.', fileName)}:${line}:${column} ${mutatorName} ${now}\n    ${was}`)
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Reporter, 'unnoticed', Unnoticed)]
