import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const MIN_LISTED_BYTES = 1500
const LIMIT_BYTES = 25_000

/** The size of a bundle with one client, and its minified bytes by package and by file. */
export async function tableOfBundleSizes() {
  const { metafile, outputFiles } = await build({
    stdin: { contents: "export { createClient } from './packages/sdk/dist/index.js'", resolveDir: '.' },
    bundle: true,
    minify: true,
    format: 'esm',
    metafile: true,
    write: false,
    outfile: 'bundle.js',
  })
  const [bundle] = outputFiles
  const gzipped = gzipSync(bundle.contents).length
  const files = Object.entries(metafile.outputs['bundle.js'].inputs).map(([path, { bytesInOutput }]) => ({
    ...packageAndFileOf(path),
    bytes: bytesInOutput,
  }))
  const packages = [...Map.groupBy(files, ({ packageName }) => packageName)].map(([name, group]) => ({
    name,
    bytes: sum(group),
  }))
  const largeFiles = files.filter(({ bytes }) => bytes >= MIN_LISTED_BYTES)

  return [
    '## The bundle of one client',
    '',
    `${kb(gzipped)} kB with gzip, ${kb(bundle.contents.length)} kB minified. Limit: ${LIMIT_BYTES / 1000} kB, ${gzipped <= LIMIT_BYTES ? 'met' : 'exceeded'}.`,
    '',
    '| package | kB, minified |',
    '|---|---|',
    ...packages.toSorted(largestFirst).map(({ name, bytes }) => `| ${name} | ${kb(bytes)} |`),
    '',
    `| file of at least ${kb(MIN_LISTED_BYTES)} kB | kB, minified |`,
    '|---|---|',
    ...largeFiles
      .toSorted(largestFirst)
      .map(({ packageName, file, bytes }) => `| ${packageName}: ${file} | ${kb(bytes)} |`),
  ].join('\n')
}

function packageAndFileOf(path) {
  const [, packageName = 'other', file = path] =
    /(?:packages|node_modules)\/(domain|sdk|zod)\/(?:dist\/)?(.*)$/.exec(path) ?? []
  return { packageName, file }
}

const largestFirst = (one, other) => other.bytes - one.bytes
const sum = (files) => files.reduce((total, { bytes }) => total + bytes, 0)
const kb = (bytes) => (bytes / 1000).toFixed(1)
