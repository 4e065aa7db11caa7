import type { JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject, isRounded } from '@ai-ticket-creator/domain/internal'

// JavaScript numbers have about 16 digits. Longer ones are rounded when a reply is parsed, and sending an unchanged field back
// would change the stored number. So the text of such numbers is kept for the objects that contain them.
const texts = new WeakMap<object, Map<string, string>>()
let isAnyKept = false

// A copy of such an object has no texts. Its rounded numbers are recognized by their values.
const roundedNumbers = new Set<number>()
const MAX_ROUNDED = 10_000

// The fields with custom JSON.
const FREE_FIELDS: readonly string[] = ['custom_fields', 'routing_rules', 'notification_channels']
const FREE_FIELD = /"(?:custom_fields|routing_rules|notification_channels)"\s*:\s*\{/
// Numbers that `JSON.stringify` may write in another way: with many digits, an exponent or a trailing zero, and -0.
const SUSPICIOUS_NUMBER = /[:[,]\s*(?:-?\d[\d.]{15,}|-?[\d.]+[eE]|-?\d+\.\d*0(?!\d)|-0)/

/**
 * Keeps the text of the numbers in a reply that `JSON.stringify` would write in another way. `entities`: the objects in it that
 * may have fields with custom JSON; any object if undefined.
 */
export function keepExactNumbers(text: string, value: unknown, entities?: readonly JsonObject[]): void {
  // Searching the text of a long list takes time, and most lists show no such field.
  if (entities !== undefined && !entities.some(hasFreeField)) return
  const start = text.search(FREE_FIELD)
  if (start !== -1 && SUSPICIOUS_NUMBER.test(text.slice(start))) new NumberScan(text, value).run()
}

const hasFreeField = (entity: JsonObject): boolean => FREE_FIELDS.some((field) => isJsonObject(entity[field]))

/** The received text of a number. Undefined if `JSON.stringify` writes the same text, or if the number was changed. */
export function exactTextOf(holder: object, key: string): string | undefined {
  const value: unknown = Reflect.get(holder, key)
  const text = texts.get(holder)?.get(key)
  return text !== undefined && Object.is(Number(text), value) ? text : undefined
}

/** Whether a reply had a number that was rounded to this one. Only the latest replies count. */
export const isRoundedNumber = (value: number): boolean => roundedNumbers.has(value)

/** Whether any reply had a rounded number. Most programs receive none, so that their bodies need no search. */
export const isAnyNumberRounded = (): boolean => roundedNumbers.size > 0

/** Applies the kept texts of an object to a copy of it. */
export function copyExactNumbers(original: object, copy: object): void {
  const kept = texts.get(original)
  if (kept !== undefined) texts.set(copy, kept)
}

/** A number whose text is kept, with its path. */
export interface ExactNumber {
  readonly path: readonly string[]
  readonly text: string
}

/** The numbers in a value whose text is kept. */
export function exactNumbersIn(value: unknown, path: readonly string[] = []): readonly ExactNumber[] {
  if (!isAnyKept) return []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const text = typeof inner === 'number' ? exactTextOf(value, key) : undefined
    return text === undefined ? exactNumbersIn(inner, [...path, key]) : [{ path: [...path, key], text }]
  })
}

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|[{}[\],:]|true|false|null/g

interface Frame {
  readonly value: unknown
  /** Whether the value is custom JSON. */
  readonly isFree: boolean
  /** The key of the current member, or the index of the current item. */
  key: string
  index: number
}

/** Walks through the text of a reply and its parsed value at the same time. */
class NumberScan {
  readonly #text: string
  readonly #frames: Frame[]

  constructor(text: string, value: unknown) {
    this.#text = text
    this.#frames = [{ value: { '': value }, isFree: false, key: '', index: 0 }]
  }

  run(): void {
    let previous = ''
    for (const [token] of this.#text.matchAll(TOKEN)) {
      const frame = this.#frames.at(-1)
      if (frame === undefined) return
      if (token === '{' || token === '[') this.#open(frame)
      else if (token === '}' || token === ']') this.#frames.pop()
      else if (token === ':' && previous.startsWith('"')) frame.key = JSON.parse(previous)
      else if (token === ',' && Array.isArray(frame.value)) frame.key = String(++frame.index)
      else if (/^[-\d]/.test(token) && frame.isFree) keepText(frame, token)
      previous = token
    }
  }

  #open(frame: Frame): void {
    const { value, isFree, key } = frame
    const inner: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
    const isFreeField = isJsonObject(inner) && FREE_FIELDS.includes(key)
    this.#frames.push({ value: inner, isFree: isFree || isFreeField, key: '0', index: 0 })
  }
}

function keepText({ value, key }: Frame, text: string): void {
  if (typeof value !== 'object' || value === null || String(Number(text)) === text) return
  const kept = texts.get(value) ?? new Map<string, string>()
  texts.set(value, kept.set(key, text))
  isAnyKept = true
  if (isRounded(text)) keepRounded(Number(text))
}

function keepRounded(value: number): void {
  // A number that is seen again moves to the end.
  roundedNumbers.delete(value)
  roundedNumbers.add(value)
  if (roundedNumbers.size <= MAX_ROUNDED) return
  const [oldest = value] = roundedNumbers
  roundedNumbers.delete(oldest)
}
