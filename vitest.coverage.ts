import { fileURLToPath } from 'node:url'
import istanbul from '@vitest/coverage-istanbul'
import type { CoverageProvider, CoverageProviderModule } from 'vitest/node'

const PACKAGES = fileURLToPath(new URL('packages/', import.meta.url))

/**
 * Istanbul, which counts a package only in the tests of that package. To count `domain` and `reference-api` in all other suites,
 * which run them most of the time, takes a quarter of the time of all tests. After a change of this file, delete
 * `node_modules/.vitest-cache`: the file is not part of the key of this cache.
 */
const ownSources: CoverageProviderModule = {
  ...istanbul,
  async getProvider() {
    const provider: CoverageProvider = await istanbul.getProvider()
    const transform = provider.onFileTransform?.bind(provider)
    provider.onFileTransform = (code, id, plugin) =>
      isOfAnotherPackage(id, plugin.environment.config.root) ? undefined : transform?.(code, id, plugin)
    return provider
  },
}

// Files that no test loads are transformed with the root of the repository, so they are always counted.
const isOfAnotherPackage = (id: string, root: string): boolean =>
  root.startsWith(PACKAGES) && !id.startsWith(`${root.replace(/\/$/, '')}/`)

export default ownSources
