import { copyFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { esmLibrary } from '../../tsup.base.config.ts'
import { scalarInPackage } from './src/runtime/find-scalar.ts'

// ES modules only, as some of its libraries are; Node can `require` it.
export default {
  ...esmLibrary('src/index.ts'),
  onSuccess: async () =>
    copyFileSync(scalarInPackage(import.meta.url), fileURLToPath(new URL('dist/scalar.js', import.meta.url))),
}
