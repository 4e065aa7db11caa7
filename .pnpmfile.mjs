/** Of this package only the file for browsers is used, which contains its dependencies: to install them too takes time for nothing. */
const BUNDLED = '@scalar/api-reference'

export const hooks = {
  readPackage: (manifest) => (manifest.name === BUNDLED ? { ...manifest, dependencies: {} } : manifest),
}
