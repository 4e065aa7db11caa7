import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

export interface PackedPackage {
  readonly name: string
  readonly tarball: string
  /** The unpacked files, in a node_modules beside the other packages. */
  readonly folder: string
  /** The folder of the package in this repository. */
  readonly source: string
  /** The package.json of the repository. */
  readonly manifest: Manifest
}

interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, unknown>>>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** The folder of a consumer: the programs of test-projects, and the packages in its node_modules. */
export const consumer = resolve('.tmp/unpacked')

/** The published packages, packed by `node scripts/run.mjs pack`. */
export const packages: readonly PackedPackage[] = globSync('packages/*/package.json')
  .map((file) => ({ source: dirname(file), manifest: JSON.parse(readFileSync(file, 'utf8')) as Manifest }))
  .filter(({ manifest }) => manifest.private !== true)
  .map(({ source, manifest }) => ({
    name: manifest.name,
    tarball: resolve('.tmp/packs', `${manifest.name.slice(1).replace('/', '-')}-${manifest.version}.tgz`),
    folder: join(consumer, 'node_modules', manifest.name),
    source,
    manifest,
  }))

/** Runs before the tests. Unpacks the tarballs into node_modules as npm does, so that the packages use each other's packed types. */
export function setup(): void {
  rmSync(consumer, { recursive: true, force: true })
  cpSync('test-projects', consumer, { recursive: true })

  for (const { tarball, folder, source, manifest } of packages) {
    mkdirSync(folder, { recursive: true })
    const { status, stderr } = spawnSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', folder])
    if (status !== 0) throw new Error(`${tarball}: ${stderr}`)

    const installed = { ...manifest.dependencies, ...manifest.peerDependencies }
    for (const name of Object.keys(installed).filter((one) => !packages.some((ours) => ours.name === one))) {
      const link = join(consumer, 'node_modules', name)
      mkdirSync(dirname(link), { recursive: true })
      rmSync(link, { force: true })
      symlinkSync(realpathSync(join(source, 'node_modules', name)), link)
    }
  }
}
