import { spawnSync } from 'node:child_process'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { buildImage } from './buildah.ts'
import { call } from './call.ts'
import { readCompose } from './compose.ts'
import { startDatabase } from './database.ts'
import { repository } from './repository.ts'
import { startInContainer } from './running-server.ts'

const image = await buildImage()
afterAll(() => image.remove())

const TOKEN_CREATE = ['token', 'create', '--organization', 'Acme', '--email', 'agent@acme.test']

test('hadolint finds nothing wrong in the Dockerfile', () => {
  const { status, stdout, error } = spawnSync('hadolint', ['--no-color', `${repository}/Dockerfile`], {
    encoding: 'utf8',
  })

  expect(error?.message).toBeUndefined()
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
})

test('on PGlite the image creates a token, is healthy, answers calls, and keeps its rows', async () => {
  const container = await image.createContainer()
  const { stdout: token } = await container.run(TOKEN_CREATE)

  const server = await startInContainer(container)
  const health = await server.health()
  const created = await call(server.url, token, '/integrations/', { name: 'Jira', platform_name: 'jira' })
  const reference = await fetch(`${server.url}/docs/scalar.js`)
  const script = await reference.text()
  const messages = await server.stop()
  const restarted = await startInContainer(container)
  const list = await call(restarted.url, token, '/integrations/')
  await restarted.stop()

  expect(health).toBe(0)
  expect(created).toMatchObject({ status: 200, body: { name: 'Jira' } })
  expect(script).toContain('createApiReference')
  expect(messages).toEqual(expect.arrayContaining(['listening', 'request', 'stopping', 'stopped']))
  expect(list).toMatchObject({ status: 200, body: [{ name: 'Jira' }] })
})

test('a server that does not run is not healthy', async () => {
  const container = await image.createContainer()

  const { exitCode } = await container.checkHealth({ PORT: '1' })

  expect(exitCode).toBe(1)
})

test('the user of the image is not root and can write nothing but the volume', async () => {
  const container = await image.createContainer()
  const write = (file: string) => container.execute(['touch', file])

  expect(await container.execute(['id', '-u'])).toEqual({ exitCode: 0, stdout: '1000\n' })
  expect(await write('/data/file')).toMatchObject({ exitCode: 0 })
  expect(await write('/app/file')).toMatchObject({ exitCode: 1 })
  expect(await write('/tmp/file')).toMatchObject({ exitCode: 1 })
})

test('the three servers of compose.yaml share its database', async () => {
  const compose = readCompose({
    POSTGRES_PASSWORD: 'secret',
    SECRET_KEYS: `1:${Buffer.alloc(32, 7).toString('base64')}`,
  })
  const database = await startDatabase(compose.database.environment)
  const env = {
    ...compose.server.environment,
    DATABASE_URL: database.toReachableUrl(compose.server.environment['DATABASE_URL'] ?? ''),
  }
  onTestFinished(() => database.stop())
  const start = async () => {
    const server = await startInContainer(await image.createContainer(), env)
    onTestFinished(async () => void (await server.stop()))
    return server
  }

  const servers = await Promise.all(Array.from({ length: compose.server.deploy.replicas }, start))
  const command = await image.createContainer()
  const { stdout: token } = await command.run(TOKEN_CREATE, env)
  const health = await Promise.all(servers.map((server) => server.health()))
  const [first = '', ...others] = servers.map(({ url }) => url)
  await call(first, token, '/integrations/', { name: 'Jira', platform_name: 'jira' })
  const lists = await Promise.all(others.map((url) => call(url, token, '/integrations/')))

  expect(health).toEqual([0, 0, 0])
  expect(lists).toMatchObject([
    { status: 200, body: [{ name: 'Jira' }] },
    { status: 200, body: [{ name: 'Jira' }] },
  ])
})
