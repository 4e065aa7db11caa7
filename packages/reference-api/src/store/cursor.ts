import type { INTEGRATION_SORT_KEYS, TICKET_SORT_KEYS } from '@ai-ticket-creator/domain'
import { isUuid } from '@ai-ticket-creator/domain/internal'
import { invalid, type ProblemError } from '../errors/problem-error.ts'
import type { Position } from '../ports/ports.ts'

type List = keyof SortKeys

/** The order of a list. */
export interface Order<L extends List> {
  readonly sort_by: keyof SortKeys[L] & string
  readonly sort_order: 'asc' | 'desc'
}

/** Where a page starts, and its number. */
export interface Bookmark {
  readonly after: Position
  readonly page: number
}

/** Encodes a bookmark, with the list and its order. Of the row before the page, the cursor has only the sort key and the id. */
export function writeCursor<L extends List>(list: L, order: Order<L>, { after, page }: Bookmark): string {
  const json = JSON.stringify([list, order.sort_by, order.sort_order, page, after.key, after.id])
  const bytes = new TextEncoder().encode(json)
  return btoa([...bytes].map((byte) => String.fromCodePoint(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** Decodes the bookmark in a cursor. A cursor of another organization is harmless: a list has only the caller's organization. */
export function readCursor<L extends List>(list: L, order: Order<L>, cursor: string): Bookmark {
  const kinds: Readonly<Record<string, SortKeyKind>> = sortKeys[list]
  const [cursorList, sortBy, sortOrder, page, key, id] = decode(cursor)
  if (cursorList !== list || typeof page !== 'number' || !Number.isSafeInteger(page) || page < 2) throw unreadable()
  if (sortBy !== order.sort_by || sortOrder !== order.sort_order) throw otherOrder()
  if (typeof id !== 'string' || !isUuid(id) || !isKeyOf(kinds[order.sort_by], key)) throw unreadable()
  return { after: { key, id }, page }
}

function decode(cursor: string): readonly unknown[] {
  try {
    const binary = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (character) => character.codePointAt(0) ?? 0)
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return Array.isArray(json) ? json : []
  } catch {
    return []
  }
}

// A caller can forge a cursor, so the store gets only values that it could have returned.
function isKeyOf(sorted: SortKeyKind | undefined, key: unknown): key is Position['key'] {
  if (key === null) return sorted?.nullable === true
  if (sorted?.kind === 'number') return Number.isSafeInteger(key)
  return typeof key === 'string' && (sorted?.kind === 'text' || TIME.test(key))
}

const TIME = /^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{6}Z$/

interface SortKeyKind {
  readonly kind: 'time' | 'text' | 'number'
  readonly nullable?: true
}

interface SortKeys {
  readonly integrations: Readonly<Record<(typeof INTEGRATION_SORT_KEYS)[number], SortKeyKind>>
  readonly tickets: Readonly<Record<(typeof TICKET_SORT_KEYS)[number], SortKeyKind>>
}

const sortKeys: SortKeys = {
  integrations: {
    created_at: { kind: 'time' },
    updated_at: { kind: 'time' },
    name: { kind: 'text' },
    status: { kind: 'text' },
    last_request_at: { kind: 'time', nullable: true },
    total_requests: { kind: 'number' },
  },
  tickets: {
    created_at: { kind: 'time' },
    updated_at: { kind: 'time' },
    title: { kind: 'text' },
    priority: { kind: 'number' },
    status: { kind: 'number' },
    last_activity_at: { kind: 'time' },
    resolution_time_minutes: { kind: 'number', nullable: true },
  },
}

/** The refusal of a `cursor` that is sent together with `offset` or `page`. */
export const cursorConflict = (other: 'offset' | 'page'): ProblemError =>
  wrongCursor(`\`cursor\` replaces \`${other}\`; send only one of them`)

const otherOrder = (): ProblemError =>
  wrongCursor(
    '`cursor` belongs to a list in another order; send the `sort_by` and `sort_order` that it came with, or start without it',
  )

const unreadable = (): ProblemError =>
  wrongCursor('`cursor` is not valid; follow `Link: rel="next"` as it is, or start without it')

const wrongCursor = (msg: string): ProblemError =>
  invalid([{ type: 'value_error', loc: ['query', 'cursor'], msg, code: 'validation_failed' }])
