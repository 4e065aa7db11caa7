import { dirname, resolve } from 'node:path'
import * as z from 'zod'
import { ServerError } from '../errors.ts'
import type { Network } from '../platforms/networks.ts'
import type { ExistingSecrets } from '../secrets/stored-secrets.ts'
import { existingSecrets } from './existing-secrets.ts'
import { networks } from './networks.ts'
import { secretKeys } from './secret-keys.ts'
import { numberWithin, oneOf, type Setting, seconds, setting, wholeNumber } from './setting.ts'

/** Every setting of the server. The README has a table made of these rows. */
export const SETTINGS = {
  DATABASE_URL: setting<string | undefined>({
    schema: z
      .string()
      .regex(/^postgres(?:ql)?:\/\//)
      .refine((url) => URL.canParse(url)),
    fallback: undefined,
    shownFallback: 'PGlite in `DATA_FOLDER`',
    purpose: 'The PostgreSQL server that stores everything.',
    form: 'the URL of a PostgreSQL server, such as postgresql://user:password@host:5432/name',
  }),
  DATABASE_CONNECTIONS: wholeNumber({
    fallback: 10,
    min: 1,
    max: 1000,
    purpose: 'How many connections one process opens to PostgreSQL.',
  }),
  DATA_FOLDER: setting({
    // `resolve` removes a separator at the end, because the path of the key file is this path and `.key`.
    schema: z
      .string()
      .transform((folder) => resolve(folder))
      .refine((folder) => dirname(folder) !== folder),
    fallback: 'ai-ticket-creator-data',
    purpose: 'The folder of PGlite. Its key is stored beside it, in a file whose name ends in `.key`.',
    form: 'a folder other than the root folder',
  }),
  SECRET_KEYS: setting<z.infer<typeof secretKeys> | undefined>({
    schema: secretKeys,
    fallback: undefined,
    shownFallback: 'none; PGlite creates its key',
    purpose:
      'The keys of stored credentials. The first one encrypts, all of them decrypt. Required with `DATABASE_URL`.',
    form: 'a list of keys as number:base64, separated by commas: numbers from 0 to 255, each once, and 32 bytes each. Create one with: echo "1:$(openssl rand -base64 32)"',
  }),
  EXISTING_SECRETS: setting<ExistingSecrets | undefined>({
    schema: existingSecrets,
    fallback: undefined,
    shownFallback: 'none; required while an existing application shares the database',
    purpose:
      'How an existing application that shares the database stores credentials: the Fernet keys with which it encrypts them, the newest first, or `plain`.',
    form: 'plain, or a list of Fernet keys, separated by commas: 32 bytes in URL-safe base64 each',
  }),
  ADMIN_TOKEN: setting<string | undefined>({
    schema: z.string().min(16),
    fallback: undefined,
    shownFallback: 'none: both answer 404',
    purpose: 'The bearer token of `/metrics` and `/admin`.',
    form: 'a text of at least 16 characters. Create one with: openssl rand -hex 32',
  }),
  HOST: setting({
    schema: z.string().regex(/^[^\s/]+$/),
    fallback: '127.0.0.1',
    purpose: 'The address to listen on. `0.0.0.0` accepts connections from other machines.',
    form: 'an address, such as 127.0.0.1',
  }),
  PORT: wholeNumber({ fallback: 8080, min: 0, max: 65_535, purpose: 'The port to listen on; 0 takes a free one.' }),
  BODY_LIMIT: wholeNumber({
    fallback: 1024 * 1024,
    min: 1024,
    max: 1024 ** 3,
    purpose: 'The longest body of a request, in bytes; longer ones are refused with 413.',
  }),
  HEADER_LIMIT: wholeNumber({
    fallback: 16 * 1024,
    min: 1024,
    max: 1024 ** 2,
    purpose: 'The longest headers of a request, together, in bytes; longer ones are refused with 431.',
  }),
  RATE_LIMIT: setting<number | undefined>({
    schema: numberWithin(/^\d{1,9}$/, { min: 1, max: 999_999_999 }),
    fallback: undefined,
    shownFallback: 'no limit',
    purpose:
      'How many calls each token may make per `RATE_LIMIT_WINDOW`, to each process; then they are refused with 429.',
    form: 'a whole number from 1 to 999999999',
  }),
  RATE_LIMIT_WINDOW: wholeNumber({
    fallback: 60,
    min: 1,
    max: 86_400,
    purpose: 'The window of the rate limit, in seconds.',
  }),
  REQUEST_TIMEOUT: seconds({
    fallback: 30,
    min: 0.1,
    max: 3600,
    purpose: 'How long a client may take to send a request, in seconds, and to read some of the reply.',
  }),
  SHUTDOWN_DELAY: seconds({
    fallback: 1,
    min: 0,
    max: 300,
    purpose:
      'How long requests are still accepted after SIGTERM, in seconds, while `/health` answers 503 and a load balancer moves on.',
  }),
  SHUTDOWN_TIMEOUT: seconds({
    fallback: 30,
    min: 0,
    max: 3600,
    purpose: 'How long requests in progress may take to finish after that, in seconds.',
  }),
  CORS_ORIGINS: setting<readonly string[]>({
    schema: z
      .string()
      .regex(/^(?:\*|https?:\/\/[^\s,/]+(?:,\s*https?:\/\/[^\s,/]+)*)$/)
      .transform((text) => text.split(/,\s*/)),
    fallback: [],
    shownFallback: 'none',
    purpose: 'The origins whose pages may call the API in a browser.',
    form: 'origins such as https://app.example.com, separated by commas, or * for all',
  }),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], {
    fallback: 'info',
    purpose: 'The least important log lines to write.',
  }),
  PLATFORMS: oneOf(['none', 'checked', 'real', 'simulated'], {
    fallback: 'none',
    purpose:
      'Which platforms are called. `none`: no platform; a ticket for an integration is refused with 501, and tests of an integration fail. `checked`: tests and health checks call the platform; a ticket is refused as with `none`. `real`: as with `checked`, and tickets are filed on Jira and by webhook. `simulated`, for demonstrations and tests: every ticket is accepted and every check passes.',
  }),
  PLATFORM_NETWORKS: setting<readonly Network[]>({
    schema: networks,
    fallback: [],
    shownFallback: 'none: public addresses and HTTPS only',
    purpose:
      'Networks of your own that may be called with `PLATFORMS=checked` and `real`, also over plain HTTP: for a Jira or a webhook inside your network. Everyone who can create an integration can then send requests there.',
    form: 'addresses or ranges such as 10.1.0.0/16, separated by commas',
  }),
  SUNSET: setting<Date | undefined>({
    schema: z.iso.date().transform((day) => new Date(day)),
    fallback: undefined,
    shownFallback: 'not announced',
    purpose: 'The day from which deprecated names are refused, sent as the header `Sunset`.',
    form: 'a day, such as 2026-06-30',
  }),
}

type SettingName = keyof typeof SETTINGS
type ValueOf<Row> = Row extends Setting<infer Value> ? Value : never

/** The settings of a server, by the names of their variables. */
export type Settings = { readonly [Name in SettingName]: ValueOf<(typeof SETTINGS)[Name]> }

export type Environment = Readonly<Record<string, string | undefined>>

/** Reads the settings. @throws ServerError with a sentence for each wrong setting. */
export function readSettings(env: Environment, { usesKeys }: { readonly usesKeys: boolean }): Settings {
  const results = Object.entries<Setting<unknown>>(SETTINGS).map(([name, row]) => readSetting(name, row, env[name]))
  const mistakes = results.flatMap(({ mistake }) => mistake ?? [])
  if (usesKeys && isGiven(env['DATABASE_URL']) && !isGiven(env['SECRET_KEYS']))
    mistakes.push(`SECRET_KEYS is missing. With DATABASE_URL it must be ${SETTINGS.SECRET_KEYS.form}.`)
  if (mistakes.length > 0) throw new ServerError(mistakes.join('\n'))

  // The loop has read every row with its own schema, which TypeScript cannot follow.
  return Object.fromEntries(results.map(({ name, value }) => [name, value])) as unknown as Settings
}

interface Result {
  readonly name: string
  readonly value?: unknown
  readonly mistake?: string
}

function readSetting(name: string, { schema, fallback, form }: Setting<unknown>, text: string | undefined): Result {
  if (!isGiven(text)) return { name, value: fallback }
  const { success, data } = schema.safeParse(text)
  return success ? { name, value: data } : { name, mistake: `${name} must be ${form}.` }
}

/** An empty variable counts as absent: a compose file cannot leave one out. */
const isGiven = (text: string | undefined): text is string => text !== undefined && text !== ''
