/** Decodes the escapes of one encoding. */
export interface Decoder {
  /** Matches one escape. Has the `g` flag. */
  readonly pattern: RegExp
  /** Returns the characters that the escape `found` stands for: never more characters than `found` has. */
  readonly decode: (found: string) => string
}

/** The encodings in which a message may quote a value. */
export const DECODERS: readonly Decoder[] = [
  // URL encoding: the bytes of one UTF-8 character, or one byte that is not UTF-8.
  { pattern: /%(?:[0-7]|[c-f][\da-f](?:%[89ab][\da-f]){0,2}%[89ab]|[89a-f])[\da-f]/gi, decode: percent },
  // Form encoding.
  {
    pattern: /\+|%(?:[0-7]|[c-f][\da-f](?:%[89ab][\da-f]){0,2}%[89ab]|[89a-f])[\da-f]/gi,
    decode: (found) => (found === '+' ? ' ' : percent(found)),
  },
  // JSON, JavaScript and Python.
  { pattern: /\\(?:u\{[\da-f]{1,6}\}|u[\da-f]{4}|x[\da-f]{2}|["'`\\/$bfnrtv0])/gi, decode: backslash },
  // HTML and XML.
  { pattern: /&(?:#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos|nbsp|hellip);/gi, decode: entity },
]

function percent(found: string): string {
  try {
    return decodeURIComponent(found)
  } catch {
    // Not UTF-8: older servers encode each character as one byte.
    return found.slice(1).split('%').map(fromHex).join('')
  }
}

const CONTROLS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', 0: '\0' }

function backslash(found: string): string {
  const rest = found.slice(1)
  const hex = /^[ux]\{?([\da-f]+)/i.exec(rest)?.[1]
  if (hex !== undefined) return fromHex(hex)
  return Object.hasOwn(CONTROLS, rest) ? (CONTROLS[rest] ?? rest) : rest
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00A0',
  hellip: '…',
}

function entity(found: string): string {
  const name = found.slice(1, -1).toLowerCase()
  if (name.startsWith('#x')) return fromHex(name.slice(2))
  if (name.startsWith('#')) return toCharacter(Number(name.slice(1)))
  return ENTITIES[name] ?? found
}

const fromHex = (hex: string): string => toCharacter(Number.parseInt(hex, 16))

const toCharacter = (code: number): string => (code > 0x10_ffff ? '\uFFFD' : String.fromCodePoint(code))
