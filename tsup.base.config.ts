import { defineConfig, type Options } from 'tsup'

/**
 * How every published package is built: ESM and CJS, one output file per source file, types for the entry points.
 *
 * The files stay apart because a bundler drops an unused file whole, while it must keep a file of which one
 * statement might have an effect: a consumer of `categoryOf` gets neither zod nor the schemas (decisions/0003).
 * Types are not checked here: `npm run typecheck` comes first.
 */
export const library = (...entryPoints: string[]) => build(['esm', 'cjs'], entryPoints)

/**
 * The same with dependencies that are ES modules only. The CJS files contain them: not every program with `require` can load
 * an ES module, and Jest never can.
 */
export const libraryWithEsm = (dependencies: string[], ...entryPoints: string[]) =>
  build(['esm', 'cjs'], entryPoints, dependencies)

/** The same as ES modules only, for a package whose dependencies are ES modules only. */
export const esmLibrary = (...entryPoints: string[]) => build(['esm'], entryPoints)

const build = (format: ('esm' | 'cjs')[], entryPoints: string[], esmDependencies: string[] = []) =>
  defineConfig({
    entry: ['src/**/*.ts', '!src/**/*.test.ts', '!src/**/*.test-d.ts'],
    format,
    target: 'es2023',
    platform: 'neutral',
    // By default the members of a union are in the order in which the compiler reads them, so any edit could change it.
    dts: { entry: entryPoints, compilerOptions: { stableTypeOrdering: true } },
    sourcemap: true,
    clean: true,
    silent: true,
    // For CommonJS too: it finds the default export of an ES module, which esbuild alone does not find.
    treeshake: true,
    noExternal: esmDependencies,
    esbuildPlugins: [
      { name: 'one file per source file', setup: keepRelativeImports },
      { name: 'ES modules inside CJS', setup: (build) => keepImportsOfEsm(build, esmDependencies) },
    ],
  })

type EsbuildBuild = Parameters<NonNullable<Options['esbuildPlugins']>[number]['setup']>[0]

function keepRelativeImports(build: EsbuildBuild): void {
  const extension = extensionOf(build)

  build.onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path, kind }) =>
    kind === 'entry-point' ? undefined : { path: path.replace(/\.ts$/, extension), external: true },
  )
}

function keepImportsOfEsm(build: EsbuildBuild, dependencies: string[]): void {
  if (extensionOf(build) === '.cjs') return
  build.onResolve({ filter: /^[^.]/ }, ({ path }) =>
    dependencies.includes(path) ? { path, external: true } : undefined,
  )
}

const extensionOf = (build: EsbuildBuild): string => build.initialOptions.outExtension?.['.js'] ?? '.js'
