import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { repository } from './repository.ts'

/** An image of the Dockerfile, in a storage of its own. */
export interface Image {
  readonly createContainer: () => Promise<Container>
  readonly remove: () => void
}

/** The settings of the Dockerfile for running the image. */
interface ImageConfig {
  readonly Entrypoint: readonly string[]
  readonly Cmd: readonly string[]
  readonly Healthcheck: { readonly Test: readonly string[] }
}

/** A container of the image. It uses the network of this machine. Only its volumes can be written. */
export interface Container {
  /** Starts the server of the image, as `docker run` does. */
  readonly start: (env: Environment) => ChildProcess
  /** Runs a command of the server, as `docker run` with arguments does. */
  readonly run: (args: readonly string[], env?: Environment) => Promise<Ended>
  /** Runs the health check of the image. */
  readonly checkHealth: (env: Environment) => Promise<Ended>
  /** Runs any program. */
  readonly execute: (command: readonly string[], env?: Environment) => Promise<Ended>
}

interface Ended {
  readonly exitCode: number
  readonly stdout: string
}

/** Runs buildah and returns what it prints. */
type Buildah = (...args: readonly string[]) => Promise<string>

type Environment = Readonly<Record<string, string>>

/** Builds the Dockerfile without a container engine: buildah isolates its steps with chroot. It must run as root. */
export async function buildImage(): Promise<Image> {
  const folder = mkdtempSync(join(tmpdir(), 'container-'))
  const storage = ['--root', join(folder, 'storage'), '--runroot', join(folder, 'run'), '--storage-driver', 'vfs']
  const buildah: Buildah = (...args) => run('buildah', ...storage, ...args)
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    await createNodeImage(folder, buildah)
    await buildServerImage(buildah)
    const inspected = await buildah('inspect', '--type', 'image', 'server')
    const { Docker } = JSON.parse(inspected) as { readonly Docker: { readonly config: ImageConfig } }

    return {
      async createContainer() {
        const name = await buildah('from', 'server')
        return createContainer(Docker.config, await buildah('mount', name), [...storage, ...RUN], name)
      },
      remove,
    }
  } catch (error) {
    remove()
    throw error
  }
}

const ISOLATION = ['--isolation', 'chroot']
const RUN = ['run', ...ISOLATION]

async function buildServerImage(buildah: Buildah): Promise<void> {
  // What is in the store of this machine is not downloaded again.
  const store = dirname(await run('pnpm', 'store', 'path'))
  const volume = `${store}:/root/.local/share/pnpm/store`
  const options = [...ISOLATION, '--format', 'docker', '--pull-never', '--layers=false', '--volume', volume]
  await buildah('build', ...options, '--build-arg', 'NODE_IMAGE=localhost/node', '--tag', 'server', repository)
}

/** Stands for the image `node:slim`: Debian with the Node and the npm of this machine, and its certificates. */
async function createNodeImage(folder: string, buildah: Buildah): Promise<void> {
  const tree = join(folder, 'debian.tar')
  const npm = dirname(dirname(realpathSync(await run('sh', '-c', 'command -v npm'))))
  const programs = { npm: 'npm-cli.js', npx: 'npx-cli.js' }
  const certificates = process.env['NODE_EXTRA_CA_CERTS'] ?? '/etc/ssl/certs/ca-certificates.crt'
  const hooks = [
    `copy-in ${process.execPath} /usr/local/bin`,
    'chroot "$1" mkdir -p /usr/local/lib/node_modules',
    `copy-in ${npm} /usr/local/lib/node_modules`,
    ...Object.entries(programs).map(
      ([name, file]) => `chroot "$1" ln -s ../lib/node_modules/npm/bin/${file} /usr/local/bin/${name}`,
    ),
    `upload ${certificates} ${CERTIFICATES}`,
  ]
  await run(
    'mmdebstrap',
    '--variant=minbase',
    '--include=ca-certificates',
    ...hooks.map((hook) => `--customize-hook=${hook}`),
    'bookworm',
    tree,
  )

  const name = await buildah('from', 'scratch')
  await buildah('add', name, tree, '/')
  await buildah('config', '--env', `NODE_EXTRA_CA_CERTS=${CERTIFICATES}`, name)
  await buildah('commit', '--rm', name, 'localhost/node')
}

const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt'

function createContainer(
  { Entrypoint, Cmd, Healthcheck }: ImageConfig,
  root: string,
  runCommand: readonly string[],
  name: string,
): Container {
  // buildah mounts files here and creates those that are missing, which it cannot do when the file system is read-only.
  for (const file of ['etc/hosts', 'etc/resolv.conf', 'run/.containerenv'])
    writeFileSync(join(root, file), '', { flag: 'a' })

  const start = (command: readonly string[], env: Environment): ChildProcess => {
    const variables = Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`])
    const args = ['buildah', ...runCommand, ...variables, name, '--', ...command]
    return spawn('unshare', ['--mount', 'sh', '-c', READ_ONLY, root, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  }
  const execute: Container['execute'] = (command, env = {}) =>
    untilEnded(start(['sh', '-c', PRINT_EXIT_CODE, ...command], env))
  return {
    start: (env) => start([...Entrypoint, ...Cmd], env),
    run: (args, env) => execute([...Entrypoint, ...args], env),
    // The first word is `CMD`.
    checkHealth: (env) => execute(Healthcheck.Test.slice(1), env),
    execute,
  }
}

/** Mounts the root `$0` read-only, in a mount namespace of its own. */
const READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'

// buildah 1.28 crashes after the program has ended when the root is read-only, so its own exit code is of no use.
const PRINT_EXIT_CODE = '"$0" "$@"; echo "exit code $?"'

async function untilEnded(child: ChildProcess): Promise<Ended> {
  let printed = ''
  let errors = ''
  child.stdout?.on('data', (chunk) => (printed += String(chunk)))
  child.stderr?.on('data', (chunk) => (errors += String(chunk)))
  await once(child, 'close')
  const [, stdout = '', exitCode] = /^(.*)exit code (\d+)\n$/s.exec(printed) ?? []
  if (exitCode === undefined) throw new Error(`the container ran nothing: ${errors}`)
  return { exitCode: Number(exitCode), stdout }
}

async function run(command: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { maxBuffer: 2 ** 28 })
  return stdout.trim()
}
