// size-limit counts bytes; this names the reason when they grow. `categoryOf` and `transition` are what a consumer's
// form or badge imports, so their bundles hold one module of ours and no zod. The first row proves that zod would be seen.
import { build } from 'esbuild'

const rows = [
  { name: 'Ticket', zod: true },
  { name: 'categoryOf', zod: false, modules: ['platform.js'] },
  { name: 'transition', zod: false, modules: ['status.js'] },
]

let failed = 0
for (const { name, zod, modules } of rows) {
  const kept = await keptModules(name)
  const ours = kept.filter((path) => path.includes('domain/dist/')).map((path) => path.split('domain/dist/')[1])
  const withZod = kept.some((path) => path.includes('node_modules/zod/'))

  const ok = withZod === zod && (modules === undefined || ours.join() === modules.join())
  if (!ok) failed += 1
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}: ${ours.join(', ')}${withZod ? ', zod' : ''}`)
}
process.exit(failed === 0 ? 0 : 1)

/** The files of which at least one byte is left in the bundle. */
async function keptModules(name) {
  const { metafile } = await build({
    stdin: { contents: `export { ${name} } from './packages/domain/dist/index.js'`, resolveDir: '.' },
    bundle: true,
    minify: true,
    format: 'esm',
    metafile: true,
    write: false,
    outfile: 'bundle.js',
  })
  const inputs = Object.entries(metafile.outputs['bundle.js'].inputs)
  return inputs.filter(([path, { bytesInOutput }]) => bytesInOutput > 0 && path !== '<stdin>').map(([path]) => path)
}
