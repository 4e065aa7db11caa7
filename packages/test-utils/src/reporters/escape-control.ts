/**
 * A text that a server may have sent, fit for one line of a terminal or of a log: what moves a cursor, or could be taken
 * for a command, is written out. `##[` and, at the start of a line, `::` are commands to the runner of GitHub Actions; no
 * text of ours begins a line with a foreign one.
 */
export const escapeForLog = (text: string): string => escapeControl(text).replaceAll('##[', '## [')

/** Characters that no line shows, nor XML takes: control characters, separators of lines, half surrogates. */
export const escapeControl = (text: string): string =>
  text.replace(UNSEEN, (character) => NAMED[character] ?? `\\u{${character.codePointAt(0)?.toString(16)}}`)

// Overrides of direction too: with them a text reads as another one. U+FFFE and U+FFFF are no characters.
const UNSEEN = /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ufeff]/gu
const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }
