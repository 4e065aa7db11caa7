// Written by hand, because this package uses only the language, which has neither TextEncoder nor btoa.

/** The bytes of a text in UTF-8; half of a surrogate pair becomes the replacement character, as in TextEncoder. */
export function utf8(text: string): readonly number[] {
  const encoded = encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'))
  const bytes: number[] = []
  for (let index = 0; index < encoded.length; index += 1) {
    const code = encoded.charCodeAt(index)
    bytes.push(code === PERCENT ? Number.parseInt(encoded.slice(index + 1, index + 3), 16) : code)
    if (code === PERCENT) index += 2
  }
  return bytes
}

const PERCENT = 0x25

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Base64 without padding. */
export function toBase64(bytes: readonly number[]): string {
  let text = ''
  for (let index = 0; index < bytes.length; index += 3) {
    const bits = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0)
    // One byte is written as two characters, two bytes as three, and three bytes as four.
    const characters = Math.min(4, bytes.length - index + 1)
    for (let place = 0; place < characters; place += 1) text += ALPHABET.charAt((bits >> (18 - 6 * place)) & 63)
  }
  return text
}
