import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const HEAVY = 1500

/** What the bundle of one client is made of: minified bytes by file, and by package. */
export async function tableOfWeights() {
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
    ...placeOf(path),
    bytes: bytesInOutput,
  }))
  const rooms = [...Map.groupBy(files, ({ room }) => room)].map(([name, own]) => ({ name, bytes: sum(own) }))
  const heavy = files.filter(({ bytes }) => bytes >= HEAVY)

  return [
    '## The bundle of one client',
    '',
    `${kb(gzipped)} kB with gzip, ${kb(bundle.contents.length)} kB minified. Bar: 25 kB, ${gzipped <= 25_000 ? 'kept' : 'missed'}.`,
    '',
    '| package | kB, minified |',
    '|---|---|',
    ...rooms.toSorted(heaviest).map(({ name, bytes }) => `| ${name} | ${kb(bytes)} |`),
    '',
    `| file with more than ${kb(HEAVY)} kB | kB, minified |`,
    '|---|---|',
    ...heavy.toSorted(heaviest).map(({ room, file, bytes }) => `| ${room}: ${file} | ${kb(bytes)} |`),
  ].join('\n')
}

function placeOf(path) {
  const [, room = 'the rest', file = path] =
    /(?:packages|node_modules)\/(domain|sdk|zod)\/(?:dist\/)?(.*)$/.exec(path) ?? []
  return { room, file }
}

const heaviest = (one, other) => other.bytes - one.bytes
const sum = (files) => files.reduce((total, { bytes }) => total + bytes, 0)
const kb = (bytes) => (bytes / 1000).toFixed(1)
