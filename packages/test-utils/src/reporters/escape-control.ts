/**
 * Escapes a text, which may come from a server, for one line of a terminal or a log. Control characters are written out, and
 * `##[` is split, because it starts a command of GitHub Actions. The other form of a command, `::`, counts only at the start
 * of a line, and no report starts a line with text of a server.
 */
export const escapeForLog = (text: string): string => escapeControl(text).replaceAll('##[', '## [')

/** Writes out characters that are invisible or not allowed in XML: controls, line separators, lone surrogates. */
export const escapeControl = (text: string): string =>
  text.replace(INVISIBLE, (character) => NAMED[character] ?? `\\u{${character.codePointAt(0)?.toString(16)}}`)

// Direction overrides are included, because they can make a text appear as another. U+FFFE and U+FFFF are not characters.
const INVISIBLE = /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ufeff]/gu
const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }
