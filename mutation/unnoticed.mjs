// Why this exists: a measurement takes minutes, and whoever wants to write the missing test need not wait for its end.
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin'

class Unnoticed {
  onMutantTested({ status, fileName, location, mutatorName, replacement }) {
    if (status !== 'Survived' && status !== 'NoCoverage') return
    const { line, column } = location.start
    const was = readFileSync(fileName, 'utf8').split('\n')[line - 1].trim()
    const now = replacement.replace(/\s+/g, ' ').slice(0, 100)
    console.log(`${status} ${relative('.', fileName)}:${line}:${column} ${mutatorName} ${now}\n    ${was}`)
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Reporter, 'unnoticed', Unnoticed)]
