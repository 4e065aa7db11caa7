import type { DeprecationEntry } from '@ai-ticket-creator/domain'
import { type Listener, notify } from '../../core/notify.ts'
import { callSiteOf } from './call-site.ts'
import type { Callee, DeprecatedInput, Ledger } from './uses.ts'

/** A use of an old name at one place in the code. */
interface Place {
  readonly use: DeprecatedInput
  readonly callSite: string | undefined
  readonly first: number
  last: number
  count: number
}

/** One use, as it is counted. */
interface Seen {
  readonly use: DeprecatedInput
  readonly callSite: string | undefined
  readonly now: number
}

// A ledger with this many places takes about 500 kB.
const MAX_PLACES = 1000

// A stack trace costs some microseconds, and a loop over rows may read an old name of each row. So the first uses of a name
// are traced, and then every hundredth.
const TRACED_AT_FIRST = 100
const THEN_EVERY = 100

/** Counts the uses that a full ledger has no place for. */
const overflow: DeprecatedInput = { kind: 'overflow', field: '*', operation: '*' }

// Long because its short functions share the counts and places.
export function createLedger(): Ledger {
  const uses = new Map<string, number>()
  const places = new Map<string, Place>()
  const notices = new Map<string, Partial<DeprecatedInput>>()

  function note(use: DeprecatedInput, onDeprecation: Listener<DeprecationEntry>, callee?: Callee): void {
    const key = `${use.kind} ${use.operation} ${use.field}`
    const isTraced = callee === undefined || isDue(count(key))
    const callSite = isTraced && callee !== undefined ? callSiteOf(callee) : undefined

    if (use.kind === 'server_notice') addNotice(use)

    const now = Date.now()
    const place = placeOf(`${key} ${callSite}`, { use, callSite, now })
    place.count += 1
    place.last = now
    if (isTraced && isFirstUse(place)) notify(onDeprecation, toEntry(place))
  }

  function placeOf(key: string, seen: Seen): Place {
    const known = places.get(key)
    if (known !== undefined) return known
    if (places.size < MAX_PLACES) return addPlace(key, seen)
    return places.get('overflow') ?? addPlace('overflow', { use: overflow, callSite: undefined, now: seen.now })
  }

  function count(key: string): number {
    const nth = (uses.get(key) ?? 0) + 1
    uses.set(key, nth)
    return nth
  }

  function addPlace(key: string, { use, callSite, now }: Seen): Place {
    const place: Place = { use, callSite, first: now, last: now, count: 0 }
    places.set(key, place)
    return place
  }

  const isFirstUse = (place: Place): boolean =>
    place.count === 1 &&
    place.use !== overflow &&
    ![...places.values()].some((other) => other !== place && isSame(other, place))

  // What the backend reports about a name is shown in the entries of all places that use the name.
  function addNotice({ field, guide, deprecated, sunset }: DeprecatedInput): void {
    if (notices.size >= MAX_PLACES) return
    notices.set(field, {
      ...notices.get(field),
      ...(guide !== undefined && { guide }),
      ...(deprecated !== undefined && { deprecated }),
      ...(sunset !== undefined && { sunset }),
    })
  }

  const toEntry = ({ use, callSite, first, last, count }: Place): DeprecationEntry => ({
    ...use,
    ...notices.get(use.field),
    count,
    firstSeen: new Date(first).toISOString(),
    lastSeen: new Date(last).toISOString(),
    ...(callSite !== undefined && { callSite }),
  })

  const entries = () => [...places.values()].map(toEntry)
  const clear = () => {
    for (const map of [uses, places, notices]) map.clear()
  }
  return { note, deprecations: { entries, toJSON: () => ({ version: 1, entries: entries() }), clear } }
}

const isDue = (nth: number): boolean => nth <= TRACED_AT_FIRST || nth % THEN_EVERY === 0

/** Whether two entries are reported as one. A server notice is reported separately from a use in code. */
const isSame = (one: Place, other: Place): boolean =>
  one.use.field === other.use.field &&
  one.callSite === other.callSite &&
  (one.use.kind === 'server_notice') === (other.use.kind === 'server_notice')
