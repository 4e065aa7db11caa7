import { expect, test } from 'vitest'
import { readSettings } from '../src/settings/settings.ts'

const KEY = Buffer.alloc(32, 7).toString('base64')

test('every wrong setting is named, all at once, without its value', () => {
  const env = {
    DATABASE_URL: 'mysql://app:hunter2@db/tickets',
    DATABASE_CONNECTIONS: '0',
    SECRET_KEYS: '1:hunter2',
    HOST: 'no host',
    PORT: '65536',
    BODY_LIMIT: '1e9',
    HEADER_LIMIT: '12',
    REQUEST_TIMEOUT: '-1',
    SHUTDOWN_DELAY: '0.0001',
    SHUTDOWN_TIMEOUT: 'long',
    LOG_LEVEL: 'loud',
    PLATFORMS: 'all',
    PLATFORM_NETWORKS: 'localhost',
    SUNSET: 'tomorrow',
  }

  expect(() => readSettings(env, { usesKeys: true })).toThrowErrorMatchingInlineSnapshot(`
    [ServerError: DATABASE_URL must be the URL of a PostgreSQL server, such as postgresql://user:password@host:5432/name.
    DATABASE_CONNECTIONS must be a whole number from 1 to 1000.
    SECRET_KEYS must be a list of keys as number:base64, separated by commas: numbers from 0 to 255, each once, and 32 bytes each. Create one with: echo "1:$(openssl rand -base64 32)".
    HOST must be an address, such as 127.0.0.1.
    PORT must be a whole number from 0 to 65535.
    BODY_LIMIT must be a whole number from 1024 to 1073741824.
    HEADER_LIMIT must be a whole number from 1024 to 1048576.
    REQUEST_TIMEOUT must be a number of seconds from 0.1 to 3600.
    SHUTDOWN_DELAY must be a number of seconds from 0 to 300.
    SHUTDOWN_TIMEOUT must be a number of seconds from 0 to 3600.
    LOG_LEVEL must be one of fatal, error, warn, info, debug, silent.
    PLATFORMS must be one of none, checked, real, simulated.
    PLATFORM_NETWORKS must be addresses or ranges such as 10.1.0.0/16, separated by commas.
    SUNSET must be a day, such as 2026-06-30.]
  `)
})

test('without a variable every setting has its default, also with an empty one', () => {
  const settings = readSettings({ PORT: '', DATABASE_URL: '' }, { usesKeys: true })

  expect(settings).toMatchInlineSnapshot(`
    {
      "ADMIN_TOKEN": undefined,
      "BODY_LIMIT": 1048576,
      "CORS_ORIGINS": [],
      "DATABASE_CONNECTIONS": 10,
      "DATABASE_URL": undefined,
      "DATA_FOLDER": "ai-ticket-creator-data",
      "EXISTING_SECRETS": undefined,
      "HEADER_LIMIT": 16384,
      "HOST": "127.0.0.1",
      "LOG_LEVEL": "info",
      "PLATFORMS": "none",
      "PLATFORM_NETWORKS": [],
      "PORT": 8080,
      "RATE_LIMIT": undefined,
      "RATE_LIMIT_WINDOW": 60,
      "REQUEST_TIMEOUT": 30,
      "SECRET_KEYS": undefined,
      "SHUTDOWN_DELAY": 1,
      "SHUTDOWN_TIMEOUT": 30,
      "SUNSET": undefined,
    }
  `)
})

test('given values are parsed', () => {
  const settings = readSettings(
    {
      DATABASE_URL: 'postgresql://app@db/tickets',
      SECRET_KEYS: `2:${KEY}, 0:${KEY}`,
      PORT: '0',
      REQUEST_TIMEOUT: '0.5',
      SUNSET: '2026-06-30',
      PLATFORMS: 'simulated',
    },
    { usesKeys: true },
  )

  expect(settings).toMatchObject({
    DATABASE_URL: 'postgresql://app@db/tickets',
    SECRET_KEYS: [
      { id: 2, bytes: Buffer.alloc(32, 7) },
      { id: 0, bytes: Buffer.alloc(32, 7) },
    ],
    PORT: 0,
    REQUEST_TIMEOUT: 0.5,
    SUNSET: new Date('2026-06-30T00:00:00Z'),
    PLATFORMS: 'simulated',
  })
})

test.each(['/srv/tickets', '/srv/tickets/', '/srv/tickets//', '/srv/tickets/.'])(
  'the data folder %s ends without a separator, so that its key file is beside it',
  (DATA_FOLDER) => {
    expect(readSettings({ DATA_FOLDER }, { usesKeys: true }).DATA_FOLDER).toBe('/srv/tickets')
  },
)

test('the root folder is no data folder', () => {
  expect(() => readSettings({ DATA_FOLDER: '//' }, { usesKeys: true })).toThrow(
    'DATA_FOLDER must be a folder other than the root folder.',
  )
})

test.each([`1:${KEY},1:${KEY}`, `256:${KEY}`, KEY, `1:${KEY},`, ','])('the keys %j are refused', (SECRET_KEYS) => {
  expect(() => readSettings({ SECRET_KEYS }, { usesKeys: true })).toThrow(/^SECRET_KEYS must be a list of keys/)
})

test('existing secrets are plain or Fernet keys', () => {
  const read = (EXISTING_SECRETS: string) => readSettings({ EXISTING_SECRETS }, { usesKeys: true }).EXISTING_SECRETS
  const [first, second] = [11, 12].map((fill) => Buffer.alloc(32, fill))

  expect(read(' plain ')).toEqual({ form: 'plain' })
  expect(read(`${first?.toString('base64url')}=, ${second?.toString('base64url')}`)).toEqual({
    form: 'fernet',
    keys: [first, second],
  })
  for (const wrong of ['fernet', `${KEY},`, KEY.slice(4), `${KEY}=`])
    expect(() => read(wrong)).toThrow(/^EXISTING_SECRETS must be plain, or a list of Fernet keys/)
})

test('PostgreSQL needs keys, for commands that use them', () => {
  const env = { DATABASE_URL: 'postgresql://app@db/tickets' }

  expect(() => readSettings(env, { usesKeys: true })).toThrow(/^SECRET_KEYS is missing\. With DATABASE_URL it must be/)
  expect(readSettings(env, { usesKeys: false }).SECRET_KEYS).toBeUndefined()
})
