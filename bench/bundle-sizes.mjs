import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const MIN_LISTED_BYTES = 1500

const ENTRIES = [
  { name: 'the client', file: 'index.js', limit: 45_000 },
  { name: 'the client of `/current`', file: 'current.js', limit: 36_000 },
]

/** The sizes of bundles with one client, and the minified bytes of the larger one by package and by file. */
export async function tableOfBundleSizes() {
  const bundles = await Promise.all(
    ENTRIES.map(async (entry) => ({
      ...entry,
      ...(await bundle(`export { createClient } from './packages/sdk/dist/${entry.file}'`)),
    })),
  )
  const [{ files }] = bundles
  const packages = [...Map.groupBy(files, ({ packageName }) => packageName)].map(([name, group]) => ({
    name,
    bytes: sum(group),
  }))
  const largeFiles = files.filter(({ bytes }) => bytes >= MIN_LISTED_BYTES)

  return [
    '## The bundle of one client',
    '',
    '| | kB with gzip | kB minified | limit with gzip |',
    '|---|---|---|---|',
    ...bundles.map(
      ({ name, code, limit }) =>
        `| ${name} | ${kb(gzipped(code))} | ${kb(code.length)} | ${limit / 1000} kB, ${gzipped(code) <= limit ? 'met' : 'exceeded'} |`,
    ),
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

/** The minified code of a module with its dependencies, and the bytes of each file in it. */
export async function bundle(contents, format = 'esm') {
  const { metafile, outputFiles } = await build({
    stdin: { contents, resolveDir: '.' },
    bundle: true,
    minify: true,
    format,
    metafile: true,
    write: false,
    outfile: 'bundle.js',
  })
  const files = Object.entries(metafile.outputs['bundle.js'].inputs).map(([path, { bytesInOutput }]) => ({
    ...packageAndFileOf(path),
    bytes: bytesInOutput,
  }))
  return { code: outputFiles[0].contents, files }
}

function packageAndFileOf(path) {
  // The last package in the path: ky can be at packages/sdk/node_modules/ky/distribution.
  const [, packageName = 'other', file = path] =
    /(?:packages|node_modules)\/(domain|sdk|ky)\/(?:dist(?:ribution)?\/)?(?!.*node_modules)(.*)$/.exec(path) ?? []
  return { packageName, file }
}

const gzipped = (code) => gzipSync(code).length
const largestFirst = (one, other) => other.bytes - one.bytes
const sum = (files) => files.reduce((total, { bytes }) => total + bytes, 0)
const kb = (bytes) => (bytes / 1000).toFixed(1)
