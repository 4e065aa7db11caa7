import {
  type Change,
  changes,
  changesOf,
  downgrade,
  ENDPOINT_IDS,
  type EndpointId,
  endpointOf,
  type JsonObject,
  LEGACY_INTEGRATION_TYPES,
  type Location,
  PLATFORMS,
  type Resolvers,
  upgrade,
} from '@ai-ticket-creator/domain'
import { changesAccepting } from '@ai-ticket-creator/domain/internal'

// The laws, and generators of canonical values for them, derived from `changes` and `contract`. Shared by laws.test.ts
// (fast-check, few cases) and laws.deep.ts (millions).

/** The source of a generator's decisions: an integer below a limit. 0 gives the simplest value. */
export type Draw = (below: number) => number

/** Decisions from a list of numbers, with zeros after its end: a shorter list of smaller numbers gives a simpler value. */
export function drawFrom(tape: readonly number[]): Draw {
  let position = 0
  return (below) => (tape[position++] ?? 0) % below
}

/** Decisions from a seeded stream (xorshift32), endless and fast. */
export function drawAtRandom(seed: number): Draw {
  let state = seed | 0 || 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

const pick = <T>(draw: Draw, list: readonly [T, ...T[]] | readonly T[]): T => {
  const value = list[draw(list.length)]
  if (value === undefined) throw new RangeError('nothing to pick from')
  return value
}
const list = <T>(draw: Draw, below: number, item: () => T): T[] => Array.from({ length: draw(below) }, item)

type Entry = readonly [key: string, value: unknown]

/** The canonical fields of one change. The entries of a group are neighbours, in their order. */
interface Sample {
  /** Absent if the retired fields have more information than the new ones: then only `up(down(c)) = c` is a law. */
  readonly old?: (draw: Draw) => readonly Entry[][]
  readonly current: (draw: Draw) => readonly Entry[][]
}

const values = ['', 'JIRA Production', ' padded ', 'true', 'jira', '__proto__', 'constructor', '😀', 'is_enabled']
const keys = ['a', 'is_enabled', '__proto__', 'constructor', 'toString', '0', 'integration_type', '']

/** Any JSON value, mostly small. */
function json(draw: Draw, depth = 2): unknown {
  switch (draw(depth > 0 ? 8 : 6)) {
    case 0:
      return null
    case 1:
      return false
    case 2:
      return true
    case 3:
      return draw(1000) - 500
    case 4:
      return draw(1000) / 7
    case 5:
      return pick(draw, values)
    case 6:
      return list(draw, 3, () => json(draw, depth - 1))
    default:
      return Object.fromEntries(list(draw, 4, () => [pick(draw, keys), json(draw, depth - 1)]))
  }
}

const id = (draw: Draw): string => `00000000-0000-4000-8000-${String(draw(1_000_000)).padStart(12, '0')}`
const idOrNull = (draw: Draw): string | null => (draw(4) === 1 ? null : id(draw))

// Samples for a single change, by its id.
const byId: Readonly<Record<string, Sample>> = {
  'integration-type-to-category-and-platform': {
    old: (draw) => [[['integration_type', draw(8) === 1 ? null : pick(draw, LEGACY_INTEGRATION_TYPES)]]],
    current: (draw) => {
      const platform = pick(draw, Object.entries(categories))
      return [
        draw(8) === 1
          ? [
              ['integration_category', null],
              ['platform_name', null],
            ]
          : [
              ['integration_category', platform[1]],
              ['platform_name', platform[0]],
            ],
      ]
    },
  },
  'integration-name-to-id': {
    old: (draw) => [[['integration_name', draw(8) === 1 ? null : pick(draw, values)]]],
    current: (draw) => [[['integration_id', draw(8) === 1 ? null : idOfName(pick(draw, values))]]],
  },
  'status-to-enabled': {
    old: (draw) => [[['status', pick(draw, ['active', 'inactive', null])]]],
    current: (draw) => [[['enabled', pick(draw, [true, false, null])]]],
  },
  'file-ids-to-attachments': {
    old: (draw) => [[['file_ids', draw(8) === 1 ? null : list(draw, 4, () => id(draw))]]],
    current: (draw) => [[['attachments', draw(8) === 1 ? null : list(draw, 4, () => ({ file_id: id(draw) }))]]],
  },
  'ticket-reply': {
    current: (draw) => {
      const fields: Entry[] = [
        ['assigned_to_id', idOrNull(draw)],
        ['attachments', draw(4) === 1 ? null : list(draw, 4, () => ({ file_id: id(draw) }))],
        ['integration_result', draw(4) === 1 ? null : integrationResult(draw)],
      ]
      return fields.filter(() => draw(4) !== 1).map((field) => [field])
    },
  },
}

// Samples by kind, for changes that need none of their own.
const byKind: Partial<Record<Change['kind'], (change: Change) => Sample>> = {
  rename: renamed,
  route: renamed,
}

/** A rename works for any value. */
function renamed({ retired }: Change): Sample {
  const names = Object.entries(retired)
  return {
    old: (draw) => names.map(([old]) => [[old, json(draw)]]),
    current: (draw) => names.map(([, { replacement }]) => [[replacement, json(draw)]]),
  }
}

const categories = {
  jira: 'ticketing',
  servicenow: 'ticketing',
  zendesk: 'ticketing',
  freshdesk: 'ticketing',
  salesforce: 'crm',
  hubspot: 'crm',
  slack: 'messaging',
  teams: 'messaging',
  email: 'communication',
  sms: 'communication',
  zoom: 'communication',
  asana: 'project_management',
  trello: 'project_management',
  github: 'code_repository',
  webhook: 'webhook',
}

function integrationResult(draw: Draw): JsonObject {
  const fields: Entry[] = [
    ['success', draw(2) === 0],
    ['integration_id', id(draw)],
    ['external_ticket_id', pick(draw, ['BUG-1', 'BUG-2', null])],
    ['external_ticket_url', pick(draw, ['https://tracker.example.test/BUG-1', null])],
    ['error_message', null],
    ['response', json(draw)],
    ['__proto__', json(draw)],
  ]
  // The parts of the result that retired fields show at the top level, also alone.
  const external = draw(3) === 1
  const present = fields.filter(([key]) => (external ? key.startsWith('external_') : draw(3) !== 1))
  return Object.fromEntries(shuffle(draw, present))
}

const sampleOf = (change: Change): Sample | undefined => byId[change.id] ?? byKind[change.kind]?.(change)

/** The changes without a sample. There must be none. */
export const changesWithoutSample: readonly string[] = changes
  .filter((change) => sampleOf(change) === undefined)
  .map((change) => change.id)

// One name for each id.
const idOfName = (name: string): string => `id of ${name}`
export const resolvers: Resolvers = {
  idOf: idOfName,
  nameOf: (wanted) => (wanted.startsWith('id of ') ? wanted.slice('id of '.length) : undefined),
  userOf: (wanted) => ({ id: wanted, email: 'agent@example.test', display_name: 'Agent', full_name: null }),
}

/** A place where changes apply: an endpoint and a part of it. */
export interface Place {
  readonly endpointId: EndpointId
  readonly part: Location
  /** Both directions are lossless: every change here has a sample with retired names. */
  readonly bothWays: boolean
  /** A canonical value with retired names. */
  readonly old: (draw: Draw) => unknown
  /** A canonical value with new names. */
  readonly current: (draw: Draw) => unknown
  /** Any object: retired and new names, values of any kind, wrong envelopes. */
  readonly odd: (draw: Draw) => unknown
  /** The retired names. */
  readonly retired: readonly string[]
  /** The new names. */
  readonly replaced: readonly string[]
}

const parts: readonly Location[] = ['body', 'query', 'reply']

// Names that are not fields. Every object inherits some of them.
const strangeNames = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  '0',
  '17',
  'IS_ENABLED',
  ' is_enabled',
  'enabled_',
  'metadata',
  '😀',
]

/** Every place where a change applies. */
export const places: readonly Place[] = ENDPOINT_IDS.flatMap((endpointId) =>
  parts
    .filter((part) => changesOf(endpointId, part).length > 0)
    .map((part): Place => {
      const samples = changesOf(endpointId, part).flatMap((change) => sampleOf(change) ?? [])
      const accepted = changesAccepting(endpointId, part)
      const retired = accepted.flatMap((change) => Object.keys(change.retired))
      const replaced = accepted.flatMap((change) => change.current)
      const others = [...fieldNames(endpointId, part), ...strangeNames].filter(
        (name) => !retired.includes(name) && !replaced.includes(name),
      )
      const entity = (fieldsOf: (sample: Sample) => Sample['old']) => {
        const fields = samples.flatMap((sample) => fieldsOf(sample) ?? [])
        return (draw: Draw) => body(draw, fields, others)
      }

      return {
        endpointId,
        part,
        retired,
        replaced,
        bothWays: samples.every(({ old }) => old !== undefined),
        old: enveloped(
          endpointId,
          part,
          entity(({ old }) => old),
        ),
        current: enveloped(
          endpointId,
          part,
          entity(({ current }) => current),
        ),
        odd: enveloped(endpointId, part, (draw) => oddBody(draw, [...retired, ...replaced], others)),
      }
    }),
)

/** The fields beside the changed ones, from the contract. */
function fieldNames(endpointId: EndpointId, part: Location): readonly string[] {
  const { [part]: schema, entities: [entity] = [] } = endpointOf(endpointId)
  // The definition of an object schema has a shape, which its base type does not declare.
  const { shape = {} } = ((part === 'reply' ? (entity ?? schema) : schema)?._zod.def ?? {}) as { shape?: object }
  return Object.keys(shape)
}

/** Every changed field, present or absent, and up to five others, in any order. */
function body(
  draw: Draw,
  fields: readonly ((draw: Draw) => readonly Entry[][])[],
  others: readonly string[],
): JsonObject {
  const changed = fields.flatMap((groups) => (draw(4) === 0 ? [] : groups(draw)))
  const beside = list(draw, 6, () => [[pick(draw, others), json(draw)] as const])
  return Object.fromEntries(shuffle(draw, [...changed, ...beside]).flat())
}

function oddBody(draw: Draw, changed: readonly string[], others: readonly string[]): JsonObject {
  return Object.fromEntries(
    list(draw, 8, () => [pick(draw, draw(3) === 0 ? others : changed), pick(draw, [json, oddValue])(draw)]),
  )
}

const oddValue = (draw: Draw): unknown =>
  pick<() => unknown>(draw, [
    () => undefined,
    () => Number.NaN,
    () => -0,
    () => pick(draw, ['JIRA', ' Slack ', 'acme', 'active', ' INACTIVE ', 'pending', 'on', 'BUG-1']),
    () => pick(draw, PLATFORMS),
    () => pick(draw, Object.values(categories)),
    () => [{ file_id: id(draw) }, { file_id: id(draw), name: 'log.txt' }, json(draw)],
    () => [{ id: id(draw) }, id(draw)],
    () => ({ id: id(draw), email: 'agent@example.test' }),
    () => integrationResult(draw),
  ])()

function enveloped(
  endpointId: EndpointId,
  part: Location,
  entity: (draw: Draw) => JsonObject,
): (draw: Draw) => unknown {
  const { envelope } = endpointOf(endpointId)
  if (part !== 'reply' || envelope === undefined) return entity
  if (envelope === 'array') return (draw) => list(draw, 3, () => entity(draw))
  if (envelope === 'ticket') return (draw) => ({ confidence_score: 0.5, ticket: entity(draw), suggested_actions: [] })
  return (draw) => {
    const items = list(draw, 3, () => entity(draw))
    return { total: items.length, items, page: 1 }
  }
}

// Fisher-Yates shuffle. A draw of zeros leaves the order.
function shuffle<T>(draw: Draw, items: readonly T[]): T[] {
  const shuffled = [...items]
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = last - draw(last + 1)
    const [a, b] = [shuffled[last], shuffled[other]]
    if (a !== undefined && b !== undefined) [shuffled[last], shuffled[other]] = [b, a]
  }
  return shuffled
}

/** The same own keys and values in the same order; `undefined` differs from absent. */
export function identical(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false

  const [left, right] = [Object.entries(a), Object.entries(b)]
  if (left.length !== right.length) return false
  return left.every(([key, value], index) => {
    const [otherKey, otherValue] = right[index] ?? []
    return key === otherKey && identical(value, otherValue)
  })
}

export const up = ({ endpointId, part }: Place, value: unknown): unknown =>
  upgrade(endpointId, value, { ...resolvers, part }).body

export const down = ({ endpointId, part }: Place, value: unknown): unknown =>
  downgrade(endpointId, value, { ...resolvers, part }).body

/** `down(up(l)) = l`: a value with retired names survives an upgrade and a downgrade. */
export const survivesUp = (place: Place, old: unknown): boolean => identical(down(place, up(place, old)), old)

/** `up(down(c)) = c`: a value with new names survives a downgrade and an upgrade. */
export const survivesDown = (place: Place, current: unknown): boolean =>
  identical(up(place, down(place, current)), current)

/** The entities of a value. */
export function entitiesOf({ endpointId, part }: Place, value: unknown): readonly JsonObject[] {
  const { envelope } = endpointOf(endpointId)
  if (part !== 'reply' || envelope === undefined) return [value as JsonObject]
  if (envelope === 'array') return value as JsonObject[]
  return [(value as Record<string, unknown>)[envelope]].flat() as JsonObject[]
}
