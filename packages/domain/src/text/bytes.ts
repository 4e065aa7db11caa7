// Written by hand: the language itself has neither TextEncoder nor btoa, and this package uses nothing else.

/** The bytes of a text in UTF-8. */
export const utf8 = (text: string): readonly number[] =>
  [...encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD')).matchAll(/%(..)|./g)].map(([character, hex]) =>
    hex === undefined ? character.charCodeAt(0) : Number.parseInt(hex, 16),
  )

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Base64 without padding. */
export function toBase64(bytes: readonly number[]): string {
  let text = ''
  for (let index = 0; index < bytes.length; index += 3) {
    const [one = 0, two, three] = bytes.slice(index, index + 3)
    const bits = (one << 16) | ((two ?? 0) << 8) | (three ?? 0)
    const characters = two === undefined ? 2 : three === undefined ? 3 : 4
    for (let place = 0; place < characters; place += 1) text += ALPHABET.charAt((bits >> (18 - 6 * place)) & 63)
  }
  return text
}
