import type { DeprecationEntry } from '@ai-ticket-creator/domain'
import type { Callee, DeprecatedInput, Ledger } from '../core/client-state.ts'
import { type Listener, notify } from '../core/notify.ts'
import { callSiteOf } from './call-site.ts'

interface Place {
  readonly word: DeprecatedInput
  readonly callSite: string | undefined
  readonly first: number
  last: number
  count: number
}

// A full ledger is some 500 kB.
const PLACES_AT_MOST = 1000

// A stack costs some microseconds, and a loop over rows may read an old name at each.
const TRACED_AT_FIRST = 100
const THEN_EVERY = 100

const rest: DeprecatedInput = { kind: 'rest', field: '*', operation: '*' }

export function createLedger(): Ledger {
  const uses = new Map<string, number>()
  const places = new Map<string, Place>()
  const notices = new Map<string, Partial<DeprecatedInput>>()

  function note(word: DeprecatedInput, onDeprecation: Listener<DeprecationEntry>, callee?: Callee): void {
    const key = `${word.kind} ${word.operation} ${word.field}`
    const isTraced = callee === undefined || isDue(count(key))
    const callSite = isTraced && callee !== undefined ? callSiteOf(callee) : undefined

    if (word.kind === 'notice') learn(word)

    const place = placeOf(`${key} ${callSite}`, word, callSite)
    place.count += 1
    place.last = Date.now()
    if (isTraced && isNews(place)) notify(onDeprecation, toEntry(place))
  }

  function placeOf(key: string, word: DeprecatedInput, callSite: string | undefined): Place {
    const isFull = places.size >= PLACES_AT_MOST
    return places.get(key) ?? (isFull ? (places.get('rest') ?? open('rest', rest)) : open(key, word, callSite))
  }

  function count(key: string): number {
    const nth = (uses.get(key) ?? 0) + 1
    uses.set(key, nth)
    return nth
  }

  function open(key: string, word: DeprecatedInput, callSite?: string): Place {
    const now = Date.now()
    const place: Place = { word, callSite, first: now, last: now, count: 0 }
    places.set(key, place)
    return place
  }

  const isNews = (place: Place): boolean =>
    place.count === 1 &&
    place.word !== rest &&
    ![...places.values()].some((other) => other !== place && isSame(other, place))

  // What the backend says of a name is true wherever it was met.
  function learn({ field, guide, deprecated, sunset }: DeprecatedInput): void {
    if (notices.size >= PLACES_AT_MOST) return
    notices.set(field, {
      ...notices.get(field),
      ...(guide !== undefined && { guide }),
      ...(deprecated !== undefined && { deprecated }),
      ...(sunset !== undefined && { sunset }),
    })
  }

  const toEntry = ({ word, callSite, first, last, count }: Place): DeprecationEntry => ({
    ...word,
    ...notices.get(word.field),
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

/** Whether a place is the same to a reader: what the backend says is news also of a name that the code is known to use. */
const isSame = (one: Place, other: Place): boolean =>
  one.word.field === other.word.field &&
  one.callSite === other.callSite &&
  (one.word.kind === 'notice') === (other.word.kind === 'notice')
