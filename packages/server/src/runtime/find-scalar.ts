import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The file of Scalar for browsers. The build copies it, because as a dependency Scalar installs many packages. */
export function findScalar(): string {
  const copy = fileURLToPath(new URL('../scalar.js', import.meta.url))
  return existsSync(copy) ? copy : scalarInPackage(import.meta.url)
}

/** The same file in the package that the repository installs; for the build, and for running the sources. */
export function scalarInPackage(from: string): string {
  const style = createRequire(from).resolve('@scalar/api-reference/style.css')
  return join(dirname(style), 'browser/standalone.js')
}
