// Why this exists: a measurement takes minutes, and whoever wants to write the missing test need not wait for its end.
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin'

class Unnoticed {
  onMutantTested({ status, fileName, location, mutatorName, replacement }) {
    if (status !== 'Survived' && status !== 'NoCoverage') return
    const text = replacement.replace(/\s+/g, ' ').slice(0, 100)
    console.log(`${status} ${fileName}:${location.start.line}:${location.start.column}  ${mutatorName}: ${text}`)
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Reporter, 'unnoticed', Unnoticed)]
