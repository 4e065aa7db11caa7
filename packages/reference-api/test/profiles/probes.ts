import { readFileSync } from 'node:fs'
import { createApp, createMemoryStore, DEFAULT_USER, type Profile } from '@ai-ticket-creator/reference-api'
import { integrationRow } from '../rows.ts'

/** A raw request, and what each revision of the existing backend answered. The ids in its path do not exist there. */
export interface Probe {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly body?: string
  /** Default: `application/json` where there is a body. null: the request has no such header. */
  readonly contentType?: string | null
  readonly observed: Readonly<Partial<Record<Profile, Observation>>>
}

/** What was recorded of an answer: its form, without texts and values. */
interface Observation {
  readonly status: number
  readonly allow?: string
  readonly location?: string
  /** The items of a 422, and the members that an item has beside these and its text. */
  readonly issues?: readonly ObservedIssue[]
  readonly detail?: string
  /** The name of a list of keys. */
  readonly replyKeys?: string
  /** An answer that is not an object. */
  readonly reply?: string
}

interface ObservedIssue {
  readonly type: unknown
  readonly loc: unknown
  readonly members: readonly string[]
}

interface Recording {
  readonly replyKeys: Readonly<Record<string, readonly string[]>>
  readonly probes: readonly Probe[]
}

// The recorded data has this form; the tests fail where it has not.
const recording = JSON.parse(readFileSync(new URL('probes.json', import.meta.url), 'utf8')) as Recording

export const probes = recording.probes

/** The parts in which the answer of a profile differs from the recorded one: what the profile answers instead. */
export async function differencesFrom(probe: Probe, profile: Profile): Promise<Readonly<Record<string, unknown>>> {
  const recorded = flatten(probe.observed[profile])
  const played = flatten(await play(probe, profile))
  const parts = [...new Set([...Object.keys(recorded), ...Object.keys(played)])]
  return Object.fromEntries(
    parts
      .filter((part) => JSON.stringify(recorded[part]) !== JSON.stringify(played[part]))
      .map((part) => [part, played[part] ?? 'absent']),
  )
}

/** Sends the request to a profile that has one integration and no ticket. */
async function play({ method, path, body, contentType }: Probe, profile: Profile): Promise<Observation> {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow())
  const type = contentType === undefined && body !== undefined ? 'application/json' : contentType
  const request = new Request(`http://api.example.test/api/v1${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${DEFAULT_USER.token}`,
      ...(typeof type === 'string' && { 'Content-Type': type }),
    },
    // A text would get a `Content-Type` of its own.
    ...(body !== undefined && { body: new TextEncoder().encode(body) }),
  })
  return observe(await createApp({ profile, store }).fetch(request))
}

async function observe(response: Response): Promise<Observation> {
  const [allow, location] = [response.headers.get('Allow'), response.headers.get('Location')]
  return {
    status: response.status,
    ...(allow !== null && { allow }),
    ...(location !== null && { location: location.startsWith('/') ? 'relative' : 'absolute' }),
    ...formOf(await response.text()),
  }
}

function formOf(text: string): Partial<Observation> {
  if (text === '') return { reply: 'empty' }
  const json: unknown = JSON.parse(text)
  if (Array.isArray(json)) return { reply: `array of ${json.length === 0 ? 'none' : `${keysOf(json[0]).length} keys`}` }
  const { detail } = json as { detail?: unknown }
  if (detail === undefined) return { replyKeys: nameOf(keysOf(json)) }
  if (!Array.isArray(detail)) return { detail: typeof detail }
  return { issues: detail.map(toIssue) }
}

function toIssue(item: Readonly<Record<string, unknown>>): ObservedIssue {
  const members = keysOf(item).filter((name) => !['type', 'loc', 'msg'].includes(name))
  return { type: item['type'], loc: item['loc'], members }
}

const keysOf = (value: unknown): readonly string[] => Object.keys(value as object).toSorted()

/** The name of a recorded list of keys; a list that was not recorded is written out. */
function nameOf(keys: readonly string[]): string {
  const known = Object.entries(recording.replyKeys).find(([, recorded]) => recorded.join() === keys.join())
  return known?.[0] ?? keys.join()
}

/** One part for each fact, so that each difference is named alone. */
function flatten(observation: Observation | undefined): Readonly<Record<string, unknown>> {
  if (observation === undefined) return {}
  const { issues, ...others } = observation
  return {
    ...others,
    ...(issues !== undefined && {
      types: issues.map(({ type }) => type).join(),
      places: issues.map(({ loc }) => (loc as readonly unknown[]).join('.')).join(),
      members: issues.map(({ members }) => members.join('+')).join(),
    }),
  }
}
